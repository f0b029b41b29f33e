using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Mesh.Scenarios;

namespace Pqms.Oracle.Loop;

/// <summary>The mesh emulator behind the loop's interface, and the checks that an era's anchor asks for.</summary>
internal sealed class EmulatedMesh : IMesh
{
    private readonly Scenario _scenario;
    private readonly ulong _seed;
    private readonly MeshTime _eraStart;
    private readonly MeshOptions? _options;
    private MeshEmulator _emulator;

    private EmulatedMesh(Scenario scenario, EraStart era, MeshOptions? options)
    {
        _scenario = scenario;
        _seed = era.Seed;
        _eraStart = Translation.TimeFromChain(era.BlockSeconds);
        _options = options;
        _emulator = new MeshEmulator(scenario, _seed, _eraStart, options);
    }

    /// <summary>A factory that finds scenarios by hash.</summary>
    /// <param name="scenarios">The scenario's bytes for a keccak256 hash, or null if it is not there.</param>
    /// <param name="options">How the emulator runs; changes no byte of its log.</param>
    public static MeshFactory Factory(Func<Bytes32, ReadOnlyMemory<byte>?> scenarios, MeshOptions? options) =>
        era => Open(era, scenarios, options);

    /// <inheritdoc/>
    public void AdvanceTo(MeshTime time) => _emulator.AdvanceTo(time);

    /// <inheritdoc/>
    public void Apply(MeshCommand command) => _emulator.Apply(command);

    /// <inheritdoc/>
    public IReadOnlyList<MeshReportItem> DrainReportItems() => _emulator.DrainReportItems();

    /// <inheritdoc/>
    public IReadOnlyList<PoolCounters> DrainChangedPools() => _emulator.DrainChangedPools();

    /// <inheritdoc/>
    public byte[] StateHash() => _emulator.StateHash();

    /// <inheritdoc/>
    public MeshPicture Picture()
    {
        var pools = new PoolPicture[_scenario.Pools.Count];
        for (int i = 0; i < pools.Length; i++)
        {
            pools[i] = new PoolPicture(
                _emulator.View(i), _emulator.EstimateRange(i), _emulator.Health(i), _emulator.Statistics(i));
        }

        return new MeshPicture(_emulator.Now, pools, _emulator.Links());
    }

    /// <inheritdoc/>
    public byte[] Snapshot() => _emulator.Snapshot();

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<byte> snapshot) =>
        _emulator = MeshEmulator.Restore(_scenario, _seed, _eraStart, snapshot, _options);

    private static EmulatedMesh Open(
        EraStart era, Func<Bytes32, ReadOnlyMemory<byte>?> scenarios, MeshOptions? options)
    {
        if (era.MeshVersion != MeshVersion.Current)
        {
            throw new OracleException(
                $"Era {era.Era} needs mesh version {era.MeshVersion}; this program has version {MeshVersion.Current}.");
        }

        if (era.SnapshotHash != Bytes32.Zero)
        {
            throw new OracleException(
                $"Era {era.Era} starts from snapshot {era.SnapshotHash}; this program starts eras from nothing only.");
        }

        return new EmulatedMesh(Read(era, scenarios), era, options);
    }

    private static Scenario Read(EraStart era, Func<Bytes32, ReadOnlyMemory<byte>?> scenarios)
    {
        ReadOnlyMemory<byte> bytes = scenarios(era.ScenarioHash) ?? throw new OracleException(
            $"Era {era.Era} runs scenario {era.ScenarioHash}, which is not at hand. "
            + "Give the file with that keccak256.");
        Bytes32 hash = Keccak256.Hash(bytes.Span);
        if (hash != era.ScenarioHash)
        {
            throw new OracleException(
                $"Era {era.Era} runs scenario {era.ScenarioHash}; the file given has {hash}. "
                + "Give the unchanged file, byte for byte.");
        }

        ScenarioResult result = ScenarioReader.Parse(bytes.Span);
        return result.Scenario ?? throw new OracleException(
            $"Scenario {era.ScenarioHash} of era {era.Era} is refused: {string.Join("; ", result.Problems)}");
    }
}
