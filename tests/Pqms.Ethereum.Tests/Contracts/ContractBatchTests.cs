using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Contracts;

public sealed class ContractBatchTests
{
    private static readonly string Seven = "0x" + new string('0', 63) + "7";

    [Fact]
    public async Task CallAsync_GivenCallsOfWhichSomeFail_fillsEveryPlace()
    {
        var node = new Answers(
            RpcResult.Success(JsonSerializer.SerializeToElement(Seven)),
            RpcResult.Failure(new RpcException("eth_call", 3, "reverted", [1, 2, 3, 4])),
            RpcResult.Success(JsonSerializer.SerializeToElement("0x07")),
            RpcResult.Success(JsonSerializer.SerializeToElement(5)));
        var batch = new ContractBatch();
        var answers = Enumerable.Range(0, 4).Select(_ => batch.Add(Number())).ToList();
        Assert.Throws<InvalidOperationException>(() => answers[0].Value);
        await batch.CallAsync(node);
        Assert.Equal(1, node.Requests);
        Assert.Equal(7UL, answers[0].Value);
        Assert.Null(answers[0].Error);
        Assert.Equal("Own(5)", Assert.IsType<RevertException>(answers[1].Error).Decoded!.Text);
        Assert.IsType<AbiException>(answers[2].Error);
        Assert.IsType<AbiException>(answers[3].Error);
        Assert.Same(answers[2].Error, Assert.Throws<InvalidOperationException>(() => answers[2].Value).InnerException);
    }

    [Fact]
    public void Add_WhenFull_isRefusedWithTheLimit()
    {
        var batch = new ContractBatch();
        for (var i = 0; i < ContractBatch.MaxCalls; i++)
        {
            batch.Add(Number());
        }

        var exception = Assert.Throws<InvalidOperationException>(() => batch.Add(Number()));
        Assert.Contains("1000", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ContractBatch.MaxCalls, batch.Count);
        Assert.Throws<ArgumentNullException>(() => new ContractBatch().Add<int>(null!));
    }

    private static ContractCall<ulong> Number() =>
        new(Address.Zero, [1, 2, 3, 4], "number()", data => new AbiDecoder(data).ReadUInt64(64))
        {
            Errors = _ => new ContractError("Own", "Own(5)"),
        };

    private sealed class Answers(params RpcResult[] results) : IEthereumRpc
    {
        public int Requests { get; private set; }

        public Task<JsonElement> SendAsync(
            string method, object?[] parameters, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
            IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
        {
            Requests++;
            Assert.All(calls, call => Assert.Equal("eth_call", call.Method));
            return Task.FromResult<IReadOnlyList<RpcResult>>(results);
        }
    }
}
