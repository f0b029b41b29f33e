using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Crypto;
using Pqms.Node.Chain;
using Pqms.Node.Hosting;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>Three oracles with a key and a journal each, which know each other by HTTP only, on a real node.</summary>
[Collection(ChainCollection.Name)]
public sealed class ReplicatedOraclesTests(TwoOfThreeRealm fixture) : IClassFixture<TwoOfThreeRealm>
{
    private const uint TakeoverSeconds = 5;
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracles_GivenAKeyEach_reportTogetherAndGoOnWithoutTheirLeader()
    {
        EthereumKey[] keys = [.. _realm.Signers
            .OrderBy(key => key.Address.ToString(), StringComparer.OrdinalIgnoreCase)];
        var ports = FreePorts(keys.Length);
        var oracles = new List<OracleHost>();
        try
        {
            for (var i = 0; i < keys.Length; i++)
            {
                oracles.Add(await StartAsync(keys[i], i, ports));
                Assert.Equal(ports[i], oracles[i].ApiUrl.Port);
            }

            var first = await GrantedAsync();
            await oracles[0].DisposeAsync();
            var second = await GrantedAsync();

            var reports = await _realm.Client().ReportsAsync(0);
            Assert.All(reports, report => Assert.Equal(2, int.PopCount((int)(uint)report.Data.SignersMask)));
            Assert.Contains(reports, report => ((int)(uint)report.Data.SignersMask & 1) == 0);
            Assert.True((await _realm.ReplayAsync()).Reports > 0);
            Assert.NotEqual(first, second);
            Assert.All(oracles.Skip(1), oracle => Assert.Empty(oracle.Status.Oracle.Alarm));
            Assert.Contains("pqms_peer_answers_total", oracles[1].Metrics, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var oracle in oracles.Skip(1))
            {
                await oracle.DisposeAsync();
            }
        }
    }

    private async Task<UInt128> GrantedAsync()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted);
        return id;
    }

    private Task<OracleHost> StartAsync(EthereumKey key, int index, int[] ports)
    {
        var options = new RealmOptions
        {
            ApiPort = ports[index],
            DataFolder = Path.Combine(_realm.Folder, $"replica-{index}"),
            ScenarioPath = _realm.Scenario.Path,
            Peers = [.. ports.Where(port => port != ports[index]).Select(port => new Uri($"http://127.0.0.1:{port}/"))],
            TakeoverSeconds = TakeoverSeconds,
        };
        return OracleHost.StartAsync(
            _realm.Session, _realm.Addresses, _realm.Scenario, key, options, SilentObserver.Instance, _ => { },
            CancellationToken.None);
    }

    private static int[] FreePorts(int count)
    {
        var ports = new int[count];
        var next = 19_400;
        for (var i = 0; i < count; i++)
        {
            ports[i] = Ports.FirstFree(next);
            next = ports[i] + 1;
        }

        return ports;
    }
}
