using System.Text;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Tests.Crypto;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("hello", "0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8")]
    [InlineData("Transfer(address,address,uint256)",
        "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Hash_GivenKnownText_givesKnownDigest(string text, string digest)
    {
        Assert.Equal(digest, Keccak256.Hash(Encoding.ASCII.GetBytes(text)).ToString());
    }
}
