using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows roles, addresses, pause bits, parameters, signers and quotas.</summary>
internal sealed class RegistryBook
{
    // The pause bit of reports; its length in all delays refunds.
    private const uint Reports = 2;

    private ulong _pausedBefore;
    private ulong _pausedSince;

    public SortedDictionary<Bytes32, (Address Location, uint Version)> Addresses { get; } = [];

    public SortedDictionary<Address, UInt256> Roles { get; } = [];

    public SortedDictionary<byte, uint> Parameters { get; } = [];

    public SortedDictionary<byte, (uint Value, ulong ApplicableAt)> Scheduled { get; } = [];

    public SortedDictionary<uint, QuotasSet> Quotas { get; } = [];

    public SortedDictionary<uint, bool> Isolated { get; } = [];

    public SortedDictionary<uint, SiteRegistered> Sites { get; } = [];

    public UInt256 PauseBits { get; private set; }

    public Address Admin { get; private set; }

    public Address PendingAdmin { get; private set; }

    public ConfigSet? Config { get; private set; }

    public RotationScheduled? Rotation { get; private set; }

    /// <summary>Seconds that reports had been paused in all.</summary>
    public ulong ReportsPausedAt(ulong time) => _pausedBefore + (IsReports(PauseBits) ? time - _pausedSince : 0);

    public void Add(LedgerEvent e, ulong time)
    {
        switch (e)
        {
            case AddressSet set: Addresses[set.Data.Id] = (set.Data.Location, set.Data.Version); break;
            case RolesSet set: Roles[set.Data.Account] = set.Data.Roles; break;
            case PausedSet set: Pause(set.Data.Bits, time); break;
            case AdminTransferStarted started: PendingAdmin = started.Data.PendingAdmin; break;
            case AdminTransferred moved: (Admin, PendingAdmin) = (moved.Data.Admin, default); break;
            case ParameterScheduled { Data: var data }:
                Scheduled[data.Parameter] = data.ApplicableAt == 0 ? (0, 0) : (data.Value, data.ApplicableAt);
                break;
            case ParameterSet { Data: var data }:
                Parameters[data.Parameter] = data.Value;
                Scheduled[data.Parameter] = (0, 0);
                break;
            case ConfigSet config: (Config, Rotation) = (config, null); break;
            case RotationScheduled rotation: Rotation = rotation.Data.ExecutableAt == 0 ? null : rotation; break;
            case QuotasSet quotas: Quotas[quotas.Data.Id] = quotas; break;
            case PoolIsolationSet set: Isolated[set.Data.Id] = set.Data.Isolated; break;
            case SiteRegistered site: Sites[site.Data.Id] = site; break;
            default: break;
        }
    }

    private void Pause(UInt256 bits, ulong time)
    {
        if (IsReports(bits) != IsReports(PauseBits))
        {
            (_pausedBefore, _pausedSince) = (ReportsPausedAt(time), time);
        }

        PauseBits = bits;
    }

    private static bool IsReports(UInt256 bits) => !((BigInteger)bits & Reports).IsZero;
}
