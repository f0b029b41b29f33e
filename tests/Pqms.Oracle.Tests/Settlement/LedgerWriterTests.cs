using Pqms.Ethereum.Contracts;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Settlement;

public sealed class LedgerWriterTests
{
    [Theory]
    [InlineData("ReportHub_WrongSequence", WriteRefusal.AlreadyThere)]
    [InlineData("ReportHub_WrongHead", WriteRefusal.AlreadyThere)]
    [InlineData("ReportHub_AlreadySettled", WriteRefusal.AlreadyThere)]
    [InlineData("ReportHub_NotNextToReopen", WriteRefusal.AlreadyThere)]
    [InlineData("ReportHub_Paused", WriteRefusal.NotYet)]
    [InlineData("ReportHub_ChallengeOpen", WriteRefusal.NotYet)]
    [InlineData("ReportHub_WrongBlockHash", WriteRefusal.OtherBranch)]
    [InlineData("ReportHub_UnknownReport", WriteRefusal.OtherBranch)]
    [InlineData("ReportHub_UnknownSigner", WriteRefusal.Refused)]
    [InlineData("ReportHub_EraClosed", WriteRefusal.OtherBranch)]
    [InlineData("ParticleInventory_WrongStatus", WriteRefusal.AlreadyThere)]
    [InlineData("ParticleInventory_NotProven", WriteRefusal.NotYet)]
    [InlineData("ParticleInventory_WrongLeaf", WriteRefusal.Refused)]
    [InlineData("Panic", WriteRefusal.Refused)]
    internal void Classify_GivenError_saysWhetherWaitingHelps(string name, WriteRefusal expected) =>
        Assert.Equal(expected, LedgerWriter.Classify(new ContractError(name, name)));

    [Fact]
    public void Classify_GivenNoError_isRefused() => Assert.Equal(WriteRefusal.Refused, LedgerWriter.Classify(null));
}
