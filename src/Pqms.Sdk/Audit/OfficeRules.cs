using System.Numerics;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>What holders of offices did: only as announced, only after the delay, only by whom it was open to. The
/// first log of each kind is the deployment's.</summary>
internal sealed class OfficeRules(RegistryBook registry, Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private const uint Pauser = 1;
    private const uint Unpauser = 2;

    private ulong? _parameterDelay;
    private ulong? _rotationDelay;

    /// <summary>Takes a log before the registry's book does.</summary>
    public void Add(LedgerEvent e, ulong time)
    {
        switch (e)
        {
            case AddressSet set: CheckAddress(set); break;
            case PausedSet set: CheckPause(set); break;
            case AdminTransferStarted { Data: var data }:
                Unless(data.Admin == registry.Admin, e, $"{data.Admin} offers the office of {registry.Admin}");
                break;
            case AdminTransferred transferred: CheckAdmin(transferred); break;
            case ParameterScheduled scheduled: CheckAnnouncement(scheduled, time); break;
            case ParameterSet set: CheckParameter(set, time); break;
            case RotationScheduled scheduled: CheckAnnouncement(scheduled, time); break;
            case ConfigSet config: CheckRotation(config, time); break;
            default: break;
        }
    }

    private void CheckAddress(AddressSet e)
    {
        var due = registry.Addresses.GetValueOrDefault(e.Data.Id).Version + 1;
        Unless(e.Data.Version == due, e, $"address {e.Data.Id} has version {e.Data.Version}, should be {due}");
    }

    private void CheckPause(PausedSet e)
    {
        var (before, after) = ((BigInteger)registry.PauseBits, (BigInteger)e.Data.Bits);
        var roles = (BigInteger)registry.Roles.GetValueOrDefault(e.Data.By);
        var (set, cleared) = (after & ~before, before & ~after);
        Unless((set.IsZero || !(roles & Pauser).IsZero) && (cleared.IsZero || !(roles & Unpauser).IsZero), e,
            $"{e.Data.By} with roles {roles} changes the pause bits from {before} to {after}");
    }

    private void CheckAdmin(AdminTransferred e)
    {
        Unless(e.Data.PreviousAdmin == registry.Admin, e,
            $"the office passes from {e.Data.PreviousAdmin}, it is held by {registry.Admin}");
        Unless(registry.Admin == default || e.Data.Admin == registry.PendingAdmin, e,
            $"the office passes to {e.Data.Admin}, it was offered to {registry.PendingAdmin}");
    }

    private void CheckAnnouncement(ParameterScheduled e, ulong time)
    {
        var data = e.Data;
        if (data.ApplicableAt != 0)
        {
            CheckDelay(e, ref _parameterDelay, data.ApplicableAt, time, $"parameter {data.Parameter}");
            return;
        }

        var announced = registry.Scheduled.GetValueOrDefault(data.Parameter).ApplicableAt != 0;
        Unless(announced && data.Value == registry.Parameters.GetValueOrDefault(data.Parameter), e,
            $"parameter {data.Parameter} stays {data.Value}, but "
            + (announced ? $"is {registry.Parameters.GetValueOrDefault(data.Parameter)}" : "no change was announced"));
    }

    private void CheckParameter(ParameterSet e, ulong time)
    {
        var data = e.Data;
        if (registry.Parameters.ContainsKey(data.Parameter))
        {
            var (value, from) = registry.Scheduled.GetValueOrDefault(data.Parameter);
            Unless(from != 0 && value == data.Value && time >= from, e,
                $"parameter {data.Parameter} becomes {data.Value} at {time}, announced is "
                + (from == 0 ? "nothing" : $"{value} from {from} on"));
        }
    }

    private void CheckAnnouncement(RotationScheduled e, ulong time)
    {
        if (e.Data.ExecutableAt != 0)
        {
            CheckDelay(e, ref _rotationDelay, e.Data.ExecutableAt, time, "rotation");
            return;
        }

        Unless(registry.Rotation is not null, e, "a rotation is withdrawn, but none was announced");
    }

    private void CheckRotation(ConfigSet e, ulong time)
    {
        if (registry.Config is not { Data: var before })
        {
            Unless(e.Data.ConfigCount == 1, e, $"the first configuration is {e.Data.ConfigCount}");
            return;
        }

        Unless(e.Data.ConfigCount == before.ConfigCount + 1, e,
            $"configuration {e.Data.ConfigCount} follows {before.ConfigCount}");
        Unless(e.Data.ChallengeSeconds == before.ChallengeSeconds, e,
            $"the challenge window becomes {e.Data.ChallengeSeconds} s, it is {before.ChallengeSeconds} s for good");
        Unless(registry.Rotation is { Data: var announced } && time >= announced.ExecutableAt
            && announced.Threshold == e.Data.Threshold && announced.Signers.SequenceEqual(e.Data.Signers), e,
            $"{e.Data.Threshold} of {e.Data.Signers.Length} signers count from {time} on, announced is "
            + (registry.Rotation is { Data: var told }
                ? $"{told.Threshold} of {told.Signers.Length} from {told.ExecutableAt} on" : "nothing"));
    }

    // The delay never changes; a shorter one would let a change slip by.
    private void CheckDelay(LedgerEvent e, ref ulong? delay, ulong from, ulong time, string what)
    {
        var told = from >= time ? from - time : (ulong?)null;
        delay ??= told;
        Unless(told is not null && told == delay, e,
            $"{what} is announced at {time} for {from}, a delay of {delay ?? 0} s is due");
    }

    private void Unless(bool kept, LedgerEvent e, string text)
    {
        if (!kept)
        {
            fault(AuditRule.Offices, e, null, text);
        }
    }
}
