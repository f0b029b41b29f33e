using Pqms.Cli.Refusals;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Inventory = Pqms.Sdk.Contracts.ParticleInventoryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Cli.Tests;

public sealed class LedgerProblemsTests
{
    private static readonly Address Someone = Address.Parse("0x00000000000000000000000000000000000000aa");

    public static TheoryData<byte[], string, string> Reverts => new()
    {
        { Data(Network.UnknownPoolError.Selector, 99), "pool 99 is unknown", "'pqms pools'" },
        {
            Data(Allocation.FidelityOutOfRangeError.Selector, 970_000, 500_000, 950_000),
            "0.970000", "above 0.500000 (a Werner pair is separable there) up to the pool's class 0.950000"
        },
        { Data(Allocation.SlotsOutOfRangeError.Selector, 0, 1, 32_767), "0 slots", "1 to 32767" },
        { Data(Allocation.WindowInPastError.Selector, 10, 20), "1970-01-01 00:00:10Z (10)", "00:00:20Z (20)" },
        { Data(Allocation.WindowTooLongError.Selector, 18_000, 14_400), "18000 s", "14400 s (4h)" },
        { Data(TreasuryContract.CreditTooLowError.Selector, 0xaa, 1, 2), "1 wei", "2 wei" },
        { Data(TreasuryContract.AllowanceTooLowError.Selector, 0xaa, 0xbb, 1, 2), "allows", "2 wei" },
        { Data(Allocation.MaxCostExceededError.Selector, 5, 4), "5 wei", "4 wei" },
        { Data(Allocation.DeadlinePassedError.Selector, 1, 2), "(1)", "0 for none" },
        { Data(Allocation.ClientCapExceededError.Selector, 0xaa, 9_999, 2, 10_000), "9999 open slots", "10000" },
        { Data(Network.CapacityExceededError.Selector, 1, 2, 3, 4), "3 free slots", "at most 3" },
        { Data(Allocation.NotActiveError.Selector, 7, 5), "resource-id-7 is not active: it is Settled", "Granted" },
        { Data(Allocation.NotClientError.Selector, 7, 1, 0), "resource-id-7 is not on this ledger", "requested" },
        { Data(Allocation.NotClientError.Selector, 7, 1, 0xaa), "is not the client", Someone.ToString() },
        { Data(Allocation.TakeRateExceededError.Selector, 7, 5, 2), "5 takes", "2 takes now" },
        { Data(Allocation.WrongStatusError.Selector, 7, 4), "resource-id-7 is Ended", "release, extend: Granted" },
        { Data(Allocation.IdUsedError.Selector, 7), "resource-id-7 was used", "nobody used" },
        { Data(TreasuryContract.NothingToWithdrawError.Selector, 0xaa), "has no credit", "with credit" },
        { Data(Network.QuotaExceededError.Selector, 1, 1, 2, 3, 4), "cohort research", "at most 3" },
        { Data(Inventory.WrongStatusError.Selector, 7, 3), "order 7 is delivered", "accept, withdraw: open" },
        { Data(Inventory.WrongStepError.Selector, 7, 1, 7), "from produced to retired", "in this order" },
        { Data(ReportHubContract.WrongSequenceError.Selector, 3, 5), "report 3", "sequence 5" },
    };

    [Theory]
    [MemberData(nameof(Reverts))]
    public void Explain_GivenARevert_namesValueAllowedAndNext(byte[] data, string what, string allowed)
    {
        var refusal = LedgerProblems.Explain(new RevertException(data, null));

        Assert.Contains(what, refusal.What);
        Assert.Contains(allowed, refusal.Allowed);
        Assert.NotEmpty(refusal.Next);
        Assert.Matches(@"\[(Particle\w+|Treasury|ReportHub|EntanglementNetwork)_\w+\]$", refusal.What);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3, 4 })]
    public void Explain_GivenAnUnknownRevert_stillAnswers(byte[] data)
    {
        var refusal = LedgerProblems.Explain(new RevertException(data, null));

        Assert.Contains("the ledger refused", refusal.What);
    }

    [Theory]
    [InlineData(typeof(Allocation))]
    [InlineData(typeof(Inventory))]
    [InlineData(typeof(Network))]
    [InlineData(typeof(ReportHubContract))]
    [InlineData(typeof(RealmRegistryContract))]
    [InlineData(typeof(TreasuryContract))]
    public void Explain_GivenEveryErrorOfAContract_knowsIt(Type contract)
    {
        var own = contract.Name.Replace("Contract", "_", StringComparison.Ordinal);
        var known = 0;
        foreach (var type in contract.GetNestedTypes().Where(type => type.Name.EndsWith("Error",
            StringComparison.Ordinal)))
        {
            var selector = (uint)type.GetField("Selector")!.GetValue(null)!;
            var values = type.GetConstructors().Max(constructor => constructor.GetParameters().Length);
            var data = Data(selector, new ulong[values]);
            if (LedgerErrors.Decode(data)?.Name.StartsWith(own, StringComparison.Ordinal) != true)
            {
                continue;
            }

            var refusal = LedgerProblems.Explain(new RevertException(data, null));
            known++;

            Assert.False(refusal.What.StartsWith("the ledger refused", StringComparison.Ordinal), type.Name);
            Assert.Contains($"[{own}", refusal.What);
            Assert.NotEmpty(refusal.Next);
        }

        Assert.True(known >= 9, $"{known} errors of {contract.Name}");
    }

    private static byte[] Data(uint selector, params ulong[] words)
    {
        var encoder = new AbiEncoder();
        foreach (var word in words)
        {
            encoder.WriteUInt(word);
        }

        return encoder.ToArray(selector);
    }
}
