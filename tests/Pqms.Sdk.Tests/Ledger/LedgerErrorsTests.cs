using Pqms.Ethereum.Abi;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Ledger;

public sealed class LedgerErrorsTests
{
    [Fact]
    public void Decode_GivenAnErrorOfAnyContract_namesItWithItsValues()
    {
        var encoder = new AbiEncoder();
        encoder.WriteUInt(5UL);
        encoder.WriteUInt(2UL);
        var notActive = encoder.ToArray(ParticleAllocationContract.NotActiveError.Selector);
        Assert.Equal("ParticleAllocation_NotActive(id: 5, status: 2)", LedgerErrors.Decode(notActive)!.Text);
        var sequence = encoder.ToArray(ReportHubContract.WrongSequenceError.Selector);
        Assert.Equal("ReportHub_WrongSequence(sequence: 5, expected: 2)", LedgerErrors.Decode(sequence)!.Text);
    }

    [Fact]
    public void Decode_GivenOtherBytes_knowsNothing()
    {
        Assert.Null(LedgerErrors.Decode([]));
        Assert.Null(LedgerErrors.Decode([1, 2, 3, 4]));
        var cut = new AbiEncoder().ToArray(ParticleAllocationContract.NotActiveError.Selector);
        Assert.Null(LedgerErrors.Decode(cut));
    }
}
