using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Numerics;

public class Philox4x32Tests
{
    // Known answers: file kat_vectors of Random123 (lines "philox4x32 10"), words in order 0 to 3.
    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
        0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
        0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Block_GivenKnownAnswerVectors_givesThem(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        (ulong low, ulong high) = Philox4x32.Block(Join(k0, k1), Join(c0, c1), Join(c2, c3));
        Assert.Equal((Join(r0, r1), Join(r2, r3)), (low, high));
    }

    private static ulong Join(uint low, uint high) => low | ((ulong)high << 32);
}
