using System.Text.Json;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Rpc;

public sealed class RpcErrorReaderTests
{
    private const string Data = "0xabcdef010000000000000000000000000000000000000000000000000000000000000005";

    [Theory]
    [InlineData("geth", "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"" + Data + "\"}")]
    [InlineData("anvil", "{\"code\":3,\"message\":\"execution reverted: custom error 0xabcdef01\",\"data\":\"" + Data
        + "\"}")]
    [InlineData("hardhat",
        "{\"code\":-32603,\"message\":\"Error: VM Exception while processing transaction: reverted wi"
        + "th custom error\",\"data\":{\"message\":\"Error: VM\",\"txHash\":\"0x11111111111111111111111"
        + "11111111111111111111111111111111111111111\",\"data\":\"" + Data + "\"}}")]
    [InlineData("nethermind", "{\"code\":-32015,\"message\":\"VM execution error.\",\"data\":\"Reverted " + Data
        + "\"}")]
    [InlineData("ganache",
        "{\"code\":-32000,\"message\":\"VM Exception while processing transaction: revert\",\"data\":"
        + "{\"0x12\":{\"error\":\"revert\",\"program_counter\":5,\"return\":\"" + Data + "\"},\"name\":\"c\"}}")]
    [InlineData("ganache 7",
        "{\"code\":-32000,\"message\":\"VM Exception while processing transaction: revert\",\"data\":"
        + "{\"hash\":null,\"result\":\"" + Data + "\"}}")]
    [InlineData("gateway",
        "{\"code\":-32603,\"message\":\"Internal JSON-RPC error.\",\"data\":{\"originalError\":{\"cod"
        + "e\":3,\"data\":\"" + Data + "\"}}}")]
    public void Read_GivenNodesShape_findsRevertData(string node, string error)
    {
        Assert.NotEmpty(node);
        Assert.Equal(Data, Hex.Encode(Read(error).RevertData!));
    }

    [Theory]
    [InlineData("{\"code\":-32000,\"message\":\"execution reverted\"}")]
    [InlineData("{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x\"}")]
    [InlineData(
        "{\"code\":-32603,\"message\":\"Transaction reverted without a reason string\",\"data\":{\"me"
        + "ssage\":\"x\",\"data\":\"0x\"}}")]
    public void Read_GivenBareRevert_givesEmptyData(string error)
    {
        Assert.Empty(Read(error).RevertData!);
    }

    [Theory]
    [InlineData("{\"code\":-32601,\"message\":\"method not found\"}")]
    [InlineData("{\"code\":-32000,\"message\":\"insufficient funds for gas * price + value\"}")]
    [InlineData(
        "{\"code\":-32000,\"message\":\"header not found\",\"data\":\"0x11111111111111111111111111111"
        + "11111111111111111111111111111111111\"}")]
    [InlineData("\"just text\"")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Read_GivenOtherError_givesNoRevertData(string error)
    {
        Assert.Null(Read(error).RevertData);
    }

    [Fact]
    public void Decode_GivenBuiltInErrors_namesThem()
    {
        var text = new Ethereum.Abi.AbiEncoder();
        text.WriteString("no money");
        Assert.Equal("Error(\"no money\")", ContractError.Decode(text.ToArray(0x08c379a0))!.Text);
        var panic = new Ethereum.Abi.AbiEncoder();
        panic.WriteUInt(0x11);
        Assert.Equal("Panic(0x11: arithmetic overflow)", ContractError.Decode(panic.ToArray(0x4e487b71))!.Text);
        Assert.Null(ContractError.Decode(Hex.Decode(Data)));
        Assert.Null(ContractError.Decode(Hex.Decode("0x08c379a0ffff")));
        var own = ContractError.Decode(Hex.Decode(Data), static _ => new ContractError("Own", "Own(5)"));
        Assert.Equal("Own(5)", own!.Text);
    }

    private static RpcException Read(string error) =>
        RpcErrorReader.Read("eth_call", JsonDocument.Parse(error).RootElement);
}
