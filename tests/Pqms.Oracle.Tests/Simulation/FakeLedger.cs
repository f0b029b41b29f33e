using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>The contracts' rules, as far as the oracle meets them.</summary>
internal static class FakeLedger
{
    public static FakeTransaction StartEra(ulong seed, Bytes32 scenario = default) => new($"era {seed}", (state, _) =>
    {
        if (state.VoidThrough != 0)
        {
            return Refuse($"report {state.VoidThrough} is not reopened");
        }

        state.Era++;
        state.EraClosed = false;
        state.Head = Bytes.Hash($"era {state.Era} after {state.Head}");
        return FakeOutcome.Done(new EraStartedEntry(
            state.Era, MeshVersion.Current, scenario, seed, Bytes32.Zero, state.Head));
    });

    public static FakeTransaction Request(UInt128 id, int slots, ulong seconds) => new($"request {id}", (state, at) =>
    {
        if (!state.Reservations.TryAdd(id, new(FakeStatus.Requested, slots, at.Time, at.Time + seconds, 0, 0, 0)))
        {
            return Refuse("id used");
        }

        return FakeOutcome.Done(new CommandEntry(new RequestCommand(
            id, (int)(id % 2), slots, Time(at.Time), Time(at.Time + seconds), 0.95, 0, 30, 2)));
    });

    public static FakeTransaction Take(UInt128 id, int count) => new($"take {id}", (state, at) =>
    {
        if (!state.Reservations.TryGetValue(id, out FakeReservation? held)
            || held.Status != FakeStatus.Granted || at.Time >= held.End)
        {
            return Refuse("not active");
        }

        state.Reservations[id] = held with { Takes = held.Takes + (ulong)count };
        return FakeOutcome.Done(new CommandEntry(new TakeCommand(id, held.Takes, count)));
    });

    public static FakeTransaction Release(UInt128 id) => new($"release {id}", (state, at) =>
    {
        if (!state.Reservations.TryGetValue(id, out FakeReservation? held)
            || held.Status != FakeStatus.Granted || at.Time >= held.End)
        {
            return Refuse("not active");
        }

        state.Reservations[id] = held with { Status = FakeStatus.Released, End = at.Time };
        return FakeOutcome.Done(new CommandEntry(new ReleaseCommand(id)));
    });

    public static FakeTransaction Cancel(UInt128 id) => new($"cancel {id}", (state, _) =>
    {
        if (!state.Reservations.TryGetValue(id, out FakeReservation? held) || held.Status != FakeStatus.Requested)
        {
            return Refuse("wrong status");
        }

        state.Reservations[id] = held with { Status = FakeStatus.Cancelled };
        return FakeOutcome.Done(new CommandEntry(new WithdrawCommand(id)));
    });

    public static FakeTransaction Submit(
        FakeChain chain, SealedReport report, byte[][] signatures, ulong anchor, Bytes32 anchorHash) =>
        new($"report {report.Hash}", (state, at) =>
        {
            Report body = report.Report;
            ulong named = anchor == 0 ? body.ToBlock : anchor;
            Bytes32 namedHash = anchor == 0 ? body.ToBlockHash : anchorHash;
            if (state.ReportsPaused)
            {
                return FakeOutcome.Revert(WriteRefusal.NotYet, "paused");
            }

            if (state.EraClosed || body.Era != state.Era || at.BlockHash(named) != namedHash)
            {
                return FakeOutcome.Revert(WriteRefusal.OtherBranch, $"era {body.Era} or block {named}");
            }

            if (body.Sequence != state.Sequence + 1 || body.PreviousHead != state.Head)
            {
                return FakeOutcome.Revert(WriteRefusal.AlreadyThere, $"sequence {body.Sequence}");
            }

            return Refusal(chain, report, signatures, anchor, anchorHash) is { } reason
                ? Refuse(reason)
                : Accept(state, report, at);
        })
        { ByOracle = true };

    public static FakeTransaction Settle(FakeChain chain, OwedSettlement owed) =>
        new($"settle {owed.Report.Sequence}", (state, at) =>
        {
            Bytes32 hash = ReportHashes.OfReport(owed.Report);
            if (!state.Ring.TryGetValue(owed.Report.Sequence, out (Bytes32 Hash, ulong AcceptedAt) held)
                || held != (hash, owed.AcceptedAt))
            {
                return FakeOutcome.Revert(WriteRefusal.OtherBranch, "unknown report");
            }

            if (at.Time < owed.AcceptedAt + chain.ChallengeSeconds)
            {
                return FakeOutcome.Revert(WriteRefusal.NotYet, "challenge open");
            }

            if (ReportHashes.OfLines(owed.Lines) != owed.Report.LinesHash)
            {
                return Refuse("wrong lines");
            }

            if (!state.Settled.Add(owed.Report.Sequence))
            {
                return FakeOutcome.Revert(WriteRefusal.AlreadyThere, "settled");
            }

            var lines = new List<LedgerEntry>();
            foreach (Line line in owed.Lines)
            {
                lines.Add(new ReservationSettledEntry(line.Id));
                FakeReservation paid = state.Reservations[line.Id];
                int settlements = paid.Settlements + 1;
                state.Reservations[line.Id] = paid with { Status = FakeStatus.Settled, Settlements = settlements };
            }

            return FakeOutcome.Done([.. lines, new SettledEntry(owed.Report.Sequence)]);
        })
        { ByOracle = true };

    public static FakeOutcome Accept(ChainState state, SealedReport report, FakeContext at)
    {
        state.Sequence = report.Report.Sequence;
        state.Head = report.Hash;
        state.Ring[state.Sequence] = (report.Hash, at.Time);
        var decided = new List<LedgerEntry>();
        foreach (Decision decision in report.Decisions)
        {
            FakeReservation held = state.Reservations[decision.Id];
            if (held.Status != FakeStatus.Requested)
            {
                state.Skipped++;
                state.Reservations[decision.Id] = held with { Decided = held.Decided + 1 };
                continue;
            }

            FakeStatus next = decision.Outcome == (byte)GrantOutcome.Granted ? FakeStatus.Granted : FakeStatus.Refused;
            state.Reservations[decision.Id] = held with { Status = next, Decided = held.Decided + 1 };
            decided.Add(new DecidedEntry(decision.Id, next == FakeStatus.Granted));
        }

        state.Grants[state.Sequence] =
            [.. decided.OfType<DecidedEntry>().Where(one => one.Granted).Select(one => one.Id)];
        return FakeOutcome.Done(
            [new AcceptedEntry(state.Sequence, report.Hash, at.Time, report.Report), .. decided]);
    }

    private static string? Refusal(
        FakeChain chain, SealedReport report, byte[][] signatures, ulong anchor, Bytes32 anchorHash)
    {
        if (report.Decisions.Length > EpochRule.DecisionsPerReport
            || ReportHashes.OfDecisions(report.Decisions) != report.Report.DecisionsHash
            || ReportHashes.OfReport(report.Report) != report.Hash
            || signatures.Length < chain.Threshold)
        {
            return "malformed report";
        }

        var digest = new AttestationDigest(FakeChain.ChainId, FakeChain.Hub, 1, chain.Signers, chain.Threshold);
        Address previous = Address.Zero;
        foreach (byte[] signature in signatures)
        {
            var parts = new Signature(
                Bytes32.FromBytes(signature.AsSpan(0, 32)),
                Bytes32.FromBytes(signature.AsSpan(32, 32)),
                (byte)(signature[64] - 27));
            Address signer = Signature.Recover(digest.Of(report.Hash, anchor, anchorHash), parts);
            if (!chain.Signers.Contains(signer) || signer.CompareTo(previous) <= 0)
            {
                return $"signer {signer}";
            }

            previous = signer;
        }

        return null;
    }

    private static FakeOutcome Refuse(string reason) => FakeOutcome.Revert(WriteRefusal.Refused, reason);

    private static MeshTime Time(ulong seconds) => MeshTime.FromSeconds((long)seconds);
}
