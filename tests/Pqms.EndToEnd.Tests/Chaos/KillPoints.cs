using System.Diagnostics;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>The places of an oracle at which it can be told to die.</summary>
internal static class KillPlace
{
    public const string BeforeHub = "before the hub is read";
    public const string Era = "era opened";
    public const string Block = "before a block is applied";
    public const string Computed = "report computed";
    public const string BeforeHash = "before a block's hash is asked for, to sign";
    public const string PeerAnswered = "peer answered";
    public const string BeforeSubmit = "before a report is sent";
    public const string AfterSubmit = "after a report is sent";
    public const string Sent = "report noted as sent";
    public const string ReportMined = "report mined";
    public const string BeforeSettle = "before a settlement is sent";
    public const string AfterSettle = "after a settlement is sent";
    public const string SettlementMined = "settlement mined";
    public const string BeforeAnswer = "before a peer is answered";
    public const string AfterAnswer = "signed, before the answer leaves";

    /// <summary>At no place in particular: whatever it does at that moment.</summary>
    public const string Anywhere = "anywhere";

    /// <summary>Where every oracle comes by, at its start or with each block.</summary>
    public static readonly string[] Common = [BeforeHub, Era, Block, Computed, Anywhere];

    /// <summary>Where the one comes by whose turn it is.</summary>
    public static readonly string[] Leading =
    [
        BeforeHash, PeerAnswered, BeforeSubmit, AfterSubmit, Sent, ReportMined, BeforeSettle, AfterSettle,
        SettlementMined,
    ];

    /// <summary>Where those come by who are asked.</summary>
    public static readonly string[] Following = [BeforeAnswer, AfterAnswer];

    /// <summary>Where it comes by only at its start.</summary>
    public static readonly string[] Starting = [BeforeHub, Era];
}

/// <summary>Kills this very process by SIGKILL when it comes by a place for the n-th time: nothing is flushed, no
/// handler runs.</summary>
internal sealed class KillPoints
{
    private readonly Lock _gate = new();
    private string _place = string.Empty;
    private int _passes;

    public void Arm(string place, int passes)
    {
        lock (_gate)
        {
            (_place, _passes) = (place, passes);
        }
    }

    public void Pass(string place)
    {
        lock (_gate)
        {
            if (place == _place && --_passes == 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
