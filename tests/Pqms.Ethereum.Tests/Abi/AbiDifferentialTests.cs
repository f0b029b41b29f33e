using System.Diagnostics;
using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Tests;

namespace Pqms.Ethereum.Tests.Abi;

/// <summary>The same values as ethers 6 encodes them: scripts/ethereum-differential.mjs.</summary>
public sealed class AbiDifferentialTests
{
    private const int NightlyCount = 100_000;

    // 100,000 cases take half a minute where nothing else runs.
    private static readonly TimeSpan LongestGeneration = TimeSpan.FromMinutes(10);

    [Fact]
    public void Codec_GivenCommittedCases_agreesWithEthers()
    {
        using var file = File.OpenRead(VectorFile.Path("differential.jsonl.gz"));
        VectorFile.CheckAll(VectorFile.Lines(file), 1000, Check);
    }

    [NightlyEthersFact]
    public void Codec_GivenFreshCases_agreesWithEthers()
    {
        var folder = Directory.CreateTempSubdirectory("ethers-cases-");
        try
        {
            // Each night other cases; the seed is told, so that they can be made again.
            var seed = Random.Shared.Next(2, int.MaxValue);
            var file = Path.Combine(folder.FullName, "cases.gz");
            Assert.Equal(0, NightlyEthersFactAttribute.Generate(seed, NightlyCount, file));
            using var cases = File.OpenRead(file);
            try
            {
                VectorFile.CheckAll(VectorFile.Lines(cases), NightlyCount, Check);
            }
            catch (InvalidOperationException exception)
            {
                throw new InvalidOperationException($"seed {seed}: {exception.Message}", exception);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(JsonElement item)
    {
        if (item.TryGetProperty("document", out var document))
        {
            var data = TypedData.Parse(document.GetRawText());
            Assert.Equal(item.GetProperty("digest").GetString(), data.Digest.ToString());
            return;
        }

        var types = AbiType.Parse(item.GetProperty("types").GetString()!);
        var values = item.GetProperty("values");
        var encoded = item.GetProperty("encoded").GetString()!;
        Assert.Equal(encoded, Hex.Encode(AbiJson.Encode(types, values)));
        Assert.Equal(AbiVectorFileTests.Canonical(values), AbiJson.Decode(types, Hex.Decode(encoded)));
        if (item.TryGetProperty("packed", out var packed))
        {
            Assert.Equal(packed.GetString(), Hex.Encode(AbiJson.EncodePacked(types, values)));
        }
    }

    /// <summary>Runs under the nightly profile where Node and ethers are there, and says what is missing.</summary>
    private sealed class NightlyEthersFactAttribute : FactAttribute
    {
        public NightlyEthersFactAttribute() => Skip = !TestProfile.IsNightly
            ? "nightly only"
            : TryGenerate() switch
            {
                0 => null,
                3 => "ethers is not installed: npm install --no-save ethers@6.17.0, or its folder in PQMS_ETHERS",
                _ => "Node is missing or too old: run `npm run setup`.",
            };

        private static int TryGenerate()
        {
            var file = Path.GetTempFileName();
            try
            {
                return Generate(1, 1, file);
            }
            finally
            {
                File.Delete(file);
            }
        }

        public static int Generate(int seed, int count, string file)
        {
            var start = new ProcessStartInfo("node") { UseShellExecute = false };
            string[] arguments =
            [
                Path.Combine(VectorFile.Root, "scripts", "ethereum-differential.mjs"), "--seed", $"{seed}",
                "--count", $"{count}", "--out", file,
            ];
            Array.ForEach(arguments, start.ArgumentList.Add);
            if (Environment.GetEnvironmentVariable("PQMS_ETHERS") is { } ethers)
            {
                Array.ForEach(["--ethers", ethers], start.ArgumentList.Add);
            }

            try
            {
                using var process = Process.Start(start)!;
                if (process.WaitForExit(LongestGeneration))
                {
                    return process.ExitCode;
                }

                process.Kill(entireProcessTree: true);
                return -1;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return -1;
            }
        }
    }
}
