namespace Pqms.Node.Demo;

/// <summary>What the first reservation showed. Money in wei and ids as text, because JSON numbers are too
/// small.</summary>
/// <param name="Node">Where it ran.</param>
/// <param name="Reservation">The reservation at the end.</param>
/// <param name="Steps">Its life: one entry for each of its events on the ledger.</param>
/// <param name="Takes">What became of every take.</param>
/// <param name="Reports">Every report of the era until the end of the audit.</param>
/// <param name="Audit">What was checked.</param>
/// <param name="Seconds">Wall-clock seconds of every phase.</param>
public sealed record DemoResult(
    DemoNode Node,
    DemoReservation Reservation,
    IReadOnlyList<DemoStep> Steps,
    IReadOnlyList<DemoTake> Takes,
    IReadOnlyList<DemoReport> Reports,
    DemoAudit Audit,
    IReadOnlyDictionary<string, double> Seconds);

/// <summary>Where a reservation ran.</summary>
/// <param name="ChainId">The chain's id.</param>
/// <param name="ChainUrl">JSON-RPC address.</param>
/// <param name="Genesis">Hash of block 0.</param>
/// <param name="ApiUrl">The node's HTTP API.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="ScenarioHash">Keccak-256 of its file.</param>
/// <param name="Profile">The hardware profile.</param>
/// <param name="Provenance">Where its figures come from: "hypothetical" or a citation.</param>
/// <param name="DataFolder">Where journal, deployment and ids are kept.</param>
public sealed record DemoNode(
    ulong ChainId, string ChainUrl, string Genesis, string ApiUrl, string Scenario, string ScenarioHash, string Profile,
    string Provenance, string DataFolder);

/// <summary>A reservation and what it came to.</summary>
/// <param name="Id">Text form of the id.</param>
/// <param name="Status">The ledger's status: "Settled" when all went well.</param>
/// <param name="Client">Who reserved.</param>
/// <param name="Pool">The pool's name.</param>
/// <param name="Slots">Standing places.</param>
/// <param name="StartSeconds">First second of the window, chain time.</param>
/// <param name="EndSeconds">First second after it, after release.</param>
/// <param name="BookedEndSeconds">First second after the window as booked.</param>
/// <param name="FidelityMin">Least fidelity asked for.</param>
/// <param name="TakesPerMinute">Entitlement.</param>
/// <param name="Priority">"High" in the first reservation.</param>
/// <param name="PriceWei">Price of the whole window.</param>
/// <param name="EscrowWei">What was locked: the price, to the wei.</param>
/// <param name="PaidWei">What the provider was credited for what was delivered.</param>
/// <param name="FeeWei">What the provider was credited because the client released early.</param>
/// <param name="RefundWei">What the client was credited.</param>
/// <param name="PenaltyWei">What the client was credited of the provider's bond; 0 from 99 % delivered on.</param>
/// <param name="Delivered">Quality delivered, ppm slot-seconds.</param>
/// <param name="Promised">Quality promised, ppm slot-seconds.</param>
/// <param name="Grant">The mesh's figures for the grant.</param>
public sealed record DemoReservation(
    string Id, string Status, string Client, string Pool, uint Slots, ulong StartSeconds, ulong EndSeconds,
    ulong BookedEndSeconds, double FidelityMin, uint TakesPerMinute, string Priority, string PriceWei, string EscrowWei,
    string PaidWei, string FeeWei, string RefundWei, string PenaltyWei, string Delivered, string Promised,
    DemoGrant Grant);

/// <summary>Why the mesh granted.</summary>
/// <param name="FreshFidelity">Estimate of a fresh pair.</param>
/// <param name="LifetimeSeconds">Time until it reaches the class floor.</param>
/// <param name="PairsPerSecond">The pool's rate, less admitted takes.</param>
/// <param name="StandingProbability">Probability that all slots stand filled.</param>
public sealed record DemoGrant(
    double FreshFidelity, double LifetimeSeconds, double PairsPerSecond, double StandingProbability);

/// <summary>One event of the reservation's life.</summary>
/// <param name="Event">The ledger's name for it.</param>
/// <param name="Note">Its main figures in words.</param>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="GasUsed">Gas of the whole transaction, which may hold other events.</param>
/// <param name="Block">The block.</param>
/// <param name="ChainTimeSeconds">The block's time.</param>
public sealed record DemoStep(
    string Event, string Note, string TransactionHash, ulong GasUsed, ulong Block, ulong ChainTimeSeconds);

/// <summary>What became of one take.</summary>
/// <param name="Number">Counted from 1 in the reservation.</param>
/// <param name="Result">"Delivered", "PoolEmpty" or "NotActive".</param>
/// <param name="Pair">The pair used up: entity and counter.</param>
/// <param name="FidelityEstimate">What the control knew.</param>
/// <param name="FidelityTrue">What it truly was; only an emulator can say.</param>
/// <param name="AgeMilliseconds">Time that the pair had stood.</param>
/// <param name="SetupMicroseconds">Wait for a pair: 0 for one that stood.</param>
/// <param name="DeliveryMicroseconds">Light's way between the sites, which no pool removes.</param>
/// <param name="Sequence">The report that holds it.</param>
/// <param name="Index">Its leaf in that report.</param>
public sealed record DemoTake(
    ulong Number, string Result, string Pair, double FidelityEstimate, double FidelityTrue, double AgeMilliseconds,
    double SetupMicroseconds, double DeliveryMicroseconds, ulong Sequence, int Index);

/// <summary>One accepted report.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Leaves">Events in it.</param>
/// <param name="GasUsed">Gas of the submitting transaction.</param>
/// <param name="Root">Root of its events.</param>
/// <param name="StateHash">The mesh's running digest.</param>
/// <param name="ToBlock">The last block it covers.</param>
/// <param name="Block">The block that accepted it.</param>
/// <param name="TransactionHash">The transaction.</param>
public sealed record DemoReport(
    ulong Sequence, ulong Leaves, ulong GasUsed, string Root, string StateHash, ulong ToBlock, ulong Block,
    string TransactionHash);

/// <summary>What the audit checked; every flag is true when it holds.</summary>
/// <param name="Transitions">Every change of status is one that the ledger allows, in the right order.</param>
/// <param name="Money">Escrow equals paid, fee and refund, to the wei.</param>
/// <param name="Proof">One take's inclusion proof was accepted by the contract.</param>
/// <param name="Replay">Every root and state hash since the era began was computed again, and equal.</param>
/// <param name="ReportsReplayed">How many reports that were.</param>
/// <param name="Notes">What was found, in words; the faults, if any.</param>
public sealed record DemoAudit(
    bool Transitions, bool Money, bool Proof, bool Replay, int ReportsReplayed, IReadOnlyList<string> Notes)
{
    /// <summary>Whether everything holds.</summary>
    public bool Passed => Transitions && Money && Proof && Replay;
}
