namespace Pqms.Sdk.Leaves;

/// <summary>Payload layouts. A change here changes every root: the golden bytes in the tests must not move.</summary>
internal static class LeafCodec
{
    /// <summary>Bytes of the shortest payload, a production.</summary>
    public const int MinLength = 37;

    /// <summary>Bytes of the longest payload, a take.</summary>
    public const int MaxLength = 94;

    public static byte[] Encode(Leaf leaf)
    {
        var writer = new PackedWriter(MaxLength);
        writer.UInt8((byte)leaf.Kind);
        switch (leaf)
        {
            case DecisionLeaf d:
                writer.UInt128(d.ReservationId);
                writer.UInt8((byte)d.Outcome);
                writer.UInt32(d.FidelityPpm);
                writer.UInt64(d.LifetimeMilliseconds);
                writer.UInt64(d.RateMicroHz);
                writer.UInt32(d.StandingPpm);
                break;
            case TakeLeaf t:
                EncodeTake(writer, t);
                break;
            case SettlementLeaf s:
                writer.UInt128(s.ReservationId);
                writer.UInt128(s.Delivered);
                writer.UInt128(s.Promised);
                break;
            case PoolCountersLeaf p:
                writer.UInt32(p.PoolId);
                writer.UInt64(p.Sequence);
                writer.UInt64(p.Generated);
                writer.UInt64(p.Delivered);
                writer.UInt64(p.Discarded);
                writer.UInt32(p.Stock);
                writer.UInt32(p.FidelityEstimateMeanPpm);
                writer.UInt32(p.FidelityTrueMeanPpm);
                break;
            case ProductionLeaf p:
                writer.UInt128(p.OrderId);
                writer.UInt32(p.PoolId);
                writer.UInt32(p.Count);
                writer.UInt32(p.FidelityEstimateMeanPpm);
                writer.Int64(p.AtNanoseconds);
                break;
            default:
                throw new InvalidOperationException($"No layout for {leaf.GetType().Name}.");
        }

        return writer.ToArray();
    }

    public static Leaf Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new PackedReader(payload, "leaf");
        Leaf leaf = (LeafKind)reader.UInt8() switch
        {
            LeafKind.Decision => new DecisionLeaf(
                reader.UInt128(), (DecisionOutcome)reader.UInt8(), reader.UInt32(), reader.UInt64(), reader.UInt64(),
                reader.UInt32()),
            LeafKind.Take => new TakeLeaf(
                reader.UInt128(), reader.UInt64(), reader.UInt32(), (TakeResult)reader.UInt8(), reader.UInt32(),
                reader.UInt64(), reader.Int64(), reader.Int64(), reader.UInt32(), reader.UInt32(), reader.UInt64(),
                reader.UInt64(), reader.UInt64(), reader.UInt32()),
            LeafKind.Settlement => new SettlementLeaf(reader.UInt128(), reader.UInt128(), reader.UInt128()),
            LeafKind.PoolCounters => new PoolCountersLeaf(
                reader.UInt32(), reader.UInt64(), reader.UInt64(), reader.UInt64(), reader.UInt64(), reader.UInt32(),
                reader.UInt32(), reader.UInt32()),
            LeafKind.Production => new ProductionLeaf(
                reader.UInt128(), reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.Int64()),
            var kind => throw new FormatException($"Leaf kind {(byte)kind} is unknown: 1..5."),
        };
        reader.ExpectEnd();
        Check(leaf);
        return leaf;
    }

    private static void EncodeTake(PackedWriter writer, TakeLeaf t)
    {
        writer.UInt128(t.ReservationId);
        writer.UInt64(t.TakeNumber);
        writer.UInt32(t.PoolId);
        writer.UInt8((byte)t.Result);
        writer.UInt32(t.PairEntity);
        writer.UInt64(t.PairCounter);
        writer.Int64(t.AtNanoseconds);
        writer.Int64(t.BornAtNanoseconds);
        writer.UInt32(t.FidelityEstimatePpm);
        writer.UInt32(t.FidelityTruePpm);
        writer.UInt64(t.SetupNanoseconds);
        writer.UInt64(t.DeliveryNanoseconds);
        writer.UInt64(t.PoolSequence);
        writer.UInt32(t.StockAfter);
    }

    private static void Check(Leaf leaf)
    {
        switch (leaf)
        {
            case DecisionLeaf d when d.Outcome is DecisionOutcome.None || !Enum.IsDefined(d.Outcome):
                throw new FormatException($"Decision outcome {(byte)d.Outcome} is unknown: 1..8.");
            case DecisionLeaf d:
                Part(d.FidelityPpm, "fidelity");
                Part(d.StandingPpm, "standing probability");
                break;
            case TakeLeaf t when !Enum.IsDefined(t.Result):
                throw new FormatException($"Take result {(byte)t.Result} is unknown: 0..2.");
            case TakeLeaf t:
                Part(t.FidelityEstimatePpm, "estimated fidelity");
                Part(t.FidelityTruePpm, "true fidelity");
                break;
            case SettlementLeaf s when s.Delivered > s.Promised:
                throw new FormatException(
                    $"Settlement delivers {s.Delivered} of {s.Promised} promised ppm slot-seconds.");
            case PoolCountersLeaf p:
                Part(p.FidelityEstimateMeanPpm, "mean estimate");
                Part(p.FidelityTrueMeanPpm, "mean true fidelity");
                break;
            case ProductionLeaf p:
                Part(p.FidelityEstimateMeanPpm, "mean estimate");
                break;
        }
    }

    private static void Part(uint parts, string what)
    {
        if (parts > Ppm.One)
        {
            throw new FormatException($"The {what} is {parts} ppm: 0..{Ppm.One}.");
        }
    }
}
