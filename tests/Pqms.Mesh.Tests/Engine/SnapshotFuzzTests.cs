using System.Security.Cryptography;
using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Snapshots that are cut short or changed: refused as an argument, and nothing else.</summary>
public sealed class SnapshotFuzzTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Restore_GivenATruncatedSnapshot_isRefused(int variant)
    {
        Scenario scenario = WildScenario.Of(variant);
        byte[] snapshot = Snapshot(scenario);
        Random random = new(variant);
        for (int i = 0; i < TestProfile.Count(usual: 60, nightly: 5000); i++)
        {
            int length = random.Next(snapshot.Length);
            Assert.Throws<ArgumentException>(
                () => MeshEmulator.Restore(scenario, 7, TestScenarios.At(1000), snapshot.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Restore_GivenRandomBytesChanged_isRefused(int variant)
    {
        Scenario scenario = WildScenario.Of(variant);
        byte[] snapshot = Snapshot(scenario);
        Random random = new(100 + variant);
        for (int i = 0; i < TestProfile.Count(usual: 60, nightly: 5000); i++)
        {
            byte[] changed = [.. snapshot];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            }

            if (changed.AsSpan().SequenceEqual(snapshot))
            {
                continue;
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<ArgumentException>(
                () => MeshEmulator.Restore(scenario, 7, TestScenarios.At(1000), changed));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Restore_GivenAForgedDigest_refusesWhatItCannotRead(int variant)
    {
        Scenario scenario = WildScenario.Of(variant);
        byte[] snapshot = Snapshot(scenario);
        Random random = new(200 + variant);
        int refused = 0;
        for (int i = 0; i < TestProfile.Count(usual: 150, nightly: 10_000); i++)
        {
            byte[] changed = [.. snapshot];
            int state = changed.Length - SHA256.HashSizeInBytes;
            changed[random.Next(state)] ^= (byte)(1 << random.Next(8));
            SHA256.HashData(changed.AsSpan(0, state)).CopyTo(changed, state);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                MeshEmulator.Restore(scenario, 7, TestScenarios.At(1000), changed);
            }
            catch (ArgumentException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        }

        Assert.True(refused > 0);
    }

    private static byte[] Snapshot(Scenario scenario)
    {
        MeshEmulator mesh = new(scenario, 7, TestScenarios.At(1000));
        mesh.AdvanceTo(TestScenarios.At(1013));
        mesh.DrainReportItems();
        return mesh.Snapshot();
    }
}
