using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>One transaction that is to be sent.</summary>
/// <param name="Account">The development account that sends it.</param>
/// <param name="Call">What it calls.</param>
internal sealed record Sending(int Account, ContractCall Call)
{
    /// <summary>Wei sent along.</summary>
    public UInt128 Value { get; init; }

    /// <summary>Told when it was accepted.</summary>
    public Action<LedgerReceipt>? Then { get; init; }
}

/// <summary>A kind of use of the ledger, or of misuse.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Weight">How often it is drawn.</param>
/// <param name="Plan">Gives null when the ledger offers no occasion for it now.</param>
internal sealed record Operation(string Name, int Weight, Func<Task<Sending?>> Plan)
{
    /// <summary>The custom error with which the ledger must refuse it; null for one that it should accept.</summary>
    public string? Refusal { get; init; }

    /// <summary>The misuse for which it gives the occasion, which is often tried next; null for none.</summary>
    public string? Follow { get; init; }

    public static Operation Of(string name, int weight, Func<Sending?> plan) =>
        new(name, weight, () => Task.FromResult(plan()));

    /// <summary>A misuse, sent alone in its block.</summary>
    public static Operation Refused(string refusal, Func<Sending?> plan, int weight = 1) =>
        Of("refused " + refusal, weight, plan) with { Refusal = refusal };

    /// <summary>A misuse whose transaction needs a look at the chain.</summary>
    public static Operation RefusedLater(string refusal, Func<Task<Sending?>> plan) =>
        new("refused " + refusal, 1, plan) { Refusal = refusal };
}
