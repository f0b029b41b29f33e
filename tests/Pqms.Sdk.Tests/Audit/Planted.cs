using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>What an audit must say of a planted fault.</summary>
internal static class Planted
{
    /// <summary>Some fault names the entity and tells what is there and what should be.</summary>
    public static void Named(LedgerHistory history, UInt128? id, string text) => Assert.True(
        history.Faults.Any(fault => (id is null || fault.Reservation == id)
            && fault.Text.Contains(text, StringComparison.Ordinal)),
        $"no fault of {id} says '{text}': {string.Join("\n", history.Faults)}");

    public static void None(ToldLedger ledger)
    {
        var history = ToldLedger.Rebuild(ledger.Events);
        Assert.Empty(history.Faults);
        Assert.True(history.Money.Balanced, history.Money.ToString());
    }
}
