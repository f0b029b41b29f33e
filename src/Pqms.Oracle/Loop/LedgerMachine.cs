using Pqms.Mesh;

namespace Pqms.Oracle.Loop;

/// <summary>What one block did.</summary>
/// <param name="Opened">The era that began in it, if any.</param>
/// <param name="Sealed">The report that ended with it, if any.</param>
/// <param name="Facts">What else the hub and the inventory said in it, in log order: acceptances, settlements, closed
/// eras, orders, reservoirs.</param>
internal sealed record BlockOutcome(EraStart? Opened, SealedReport? Sealed, IReadOnlyList<LedgerEntry> Facts);

/// <summary>Turns blocks into reports. The running oracle and the audit's replay both stand on it, so they cannot
/// disagree.</summary>
/// <remarks>Blocks before the first era it opens are walked over: only the sequence of accepted reports is
/// kept.</remarks>
internal sealed class LedgerMachine
{
    private readonly Func<EraStartedEntry, bool> _opens;
    private readonly MeshFactory _meshes;
    private readonly LedgerRoster _roster = new();
    private EpochBuilder? _builder;
    private ulong _lastSequence;
    private ulong? _lastBlock;

    /// <summary>A machine before the first block.</summary>
    /// <param name="opens">True for an era that is to be computed; another one ends the present era only.</param>
    /// <param name="meshes">Makes the era's mesh.</param>
    public LedgerMachine(Func<EraStartedEntry, bool> opens, MeshFactory meshes)
    {
        _opens = opens;
        _meshes = meshes;
    }

    /// <summary>The mesh of the present era; null before it began.</summary>
    public IMesh? Mesh => _builder?.Mesh;

    /// <summary>The present era; null before it began.</summary>
    public EraStart? Era => _builder?.Era;

    /// <summary>Applies the next block.</summary>
    /// <exception cref="InvalidOperationException">The block does not follow the last one.</exception>
    public BlockOutcome Apply(LedgerBlock block)
    {
        if (_lastBlock is { } last && block.Number != last + 1)
        {
            throw new InvalidOperationException($"Block {block.Number} does not follow block {last}.");
        }

        _lastBlock = block.Number;
        _builder?.Advance(block);
        EraStart? opened = null;
        var facts = new List<LedgerEntry>();
        foreach (LedgerEntry entry in block.Entries)
        {
            switch (entry)
            {
                case CommandEntry command:
                    _roster.Note(command.Command);
                    _builder?.Apply(command.Command);
                    break;
                case EraStartedEntry started:
                    opened = Open(started, block) ?? opened;
                    break;
                default:
                    Note(entry);
                    facts.Add(entry);
                    break;
            }
        }

        return new BlockOutcome(opened, _builder?.EndBlock(block), facts);
    }

    /// <summary>Writes the state after the last block; needs an era.</summary>
    /// <exception cref="InvalidOperationException">No era has begun.</exception>
    public void Write(BinaryWriter writer)
    {
        EpochBuilder builder = _builder ?? throw new InvalidOperationException("No era has begun.");
        writer.Write(_lastBlock ?? throw new InvalidOperationException("No block was applied."));
        writer.Write(_lastSequence);
        _roster.Write(writer);
        writer.Write(builder.Era);
        builder.Write(writer);
    }

    /// <summary>Goes on from what <see cref="Write"/> wrote; for a machine before its first block.</summary>
    /// <exception cref="ArgumentException">The mesh's part does not fit.</exception>
    /// <exception cref="OracleException">The era needs what this program does not have.</exception>
    public void Read(BinaryReader reader)
    {
        _lastBlock = reader.ReadUInt64();
        _lastSequence = reader.ReadUInt64();
        _roster.Read(reader);
        EraStart era = reader.ReadEra();
        _builder = new EpochBuilder(era, _meshes(era));
        _builder.Read(reader);
    }

    private void Note(LedgerEntry fact)
    {
        switch (fact)
        {
            case AcceptedEntry acceptance:
                _lastSequence = acceptance.Sequence;
                break;
            case EraClosedEntry closed:
                _lastSequence = closed.From - 1;
                _builder = null;
                break;
            default:
                if (_roster.Note(fact) is { } command)
                {
                    _builder?.Apply(command);
                }

                break;
        }
    }

    private EraStart? Open(EraStartedEntry started, LedgerBlock block)
    {
        _builder = null;
        if (!_opens(started))
        {
            return null;
        }

        var era = new EraStart(
            started.Era, started.MeshVersion, started.ScenarioHash, started.Seed, started.SnapshotHash, started.Head,
            block.Number, block.Timestamp, _lastSequence);
        _builder = new EpochBuilder(era, _meshes(era));
        _builder.Advance(block);
        foreach (MeshCommand carried in _roster.Carried(Translation.TimeFromChain(block.Timestamp)))
        {
            _builder.Apply(carried);
        }

        return era;
    }
}
