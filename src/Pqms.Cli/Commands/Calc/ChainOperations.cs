using Pqms.Physics.Chains;

namespace Pqms.Cli.Commands.Calc;

/// <summary>How long a repeater chain waits for its first end-to-end pair.</summary>
internal static class ChainOperations
{
    private static readonly Operand Link = Operand.Number(
        "linkProbability", "", "success of one segment in one slot", 1e-12, 1);

    private static readonly Operand Swap = Operand.Number(
        "swapProbability", "", "success of one swap; a failure destroys both links", 1e-12, 1, "1");

    private static readonly Operand Slot = Operand.Number(
        "slotSeconds", "s", "time of one slot, such as an attempt", 1e-12, 1e12, "1");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "chain", "mean waiting time of a chain whose links never expire, swapped as soon as possible",
            [
                Operand.Whole(
                    "segments", "", $"segments; more than {SwapAsapChain.MaxSegments} when swaps are certain only", 1,
                    ChainWaiting.MaxSegments),
                Link, Swap, Slot,
            ],
            [
                new Figure("meanSlots", "slots", "until one link spans the chain"),
                new Figure("meanSeconds", "s", "the same in seconds"),
            ],
            "--segments 4 --link-probability 0.1 --swap-probability 0.5", Waiting),
        new Operation(
            "chain-cutoff", "two segments and one swap, where links that wait too long are discarded",
            [
                Link, Swap,
                Operand.Whole("cutOffSlots", "slots", "how long a link may wait", 0, 1_000_000_000),
                Operand.Number("freshFidelity", "", "fidelity of a new Werner link", 0.25, 1, "1"),
                Operand.Number("decayPerSlot", "1/slot", "the Werner parameter falls by e^-this", 0, 100, "0"),
                Common.Gate, Common.Readout, Slot,
            ],
            [
                new Figure("meanSlots", "slots", "until a swap succeeds"),
                new Figure("meanSeconds", "s", "the same in seconds"),
                new Figure("fidelity", "", "mean fidelity of the delivered pairs"),
            ],
            "--link-probability 0.1 --cut-off-slots 5 --fresh-fidelity 0.95 --decay-per-slot 0.02", CutOff),
    ];

    private static object[] Waiting(OperandValues values)
    {
        var (segments, link, swap) = (
            values.Whole("segments"), values.Number(Link.Name), values.Number(Swap.Name));
        if (swap < 1.0 && segments > SwapAsapChain.MaxSegments)
        {
            throw new OperandException(
                "segments", "are too many for swaps that can fail",
                $"at most {SwapAsapChain.MaxSegments}, or swapProbability 1");
        }

        var slots = swap < 1.0
            ? SwapAsapChain.MeanSlots(segments, link, swap)
            : ChainWaiting.DeterministicSwaps(segments, link);
        return [slots, slots * values.Number(Slot.Name)];
    }

    private static object[] CutOff(OperandValues values)
    {
        var chain = TwoSegmentsWithCutOff.Create(
            values.Number(Link.Name), values.Number(Swap.Name), values.Whole("cutOffSlots"));
        var fidelity = chain.MeanFidelity(
            values.Number("freshFidelity"), values.Number("decayPerSlot"), Common.NoiseOfSwap(values));
        return [chain.MeanSlots, chain.MeanSlots * values.Number(Slot.Name), fidelity];
    }
}
