using System.Security.Cryptography;
using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Tests.Engine;

public sealed class EventLogTests
{
    [Fact]
    public void WriteDigest_GivenManyReads_isNotDisturbed()
    {
        EventLog read = new(3, observed: false);
        EventLog unread = new(3, observed: false);
        byte[] digest = new byte[32];
        byte[] other = new byte[32];
        for (ulong i = 0; i < 500; i++)
        {
            read.Append((long)i, MeshEventKind.PairBorn, i, i * i, i);
            unread.Append((long)i, MeshEventKind.PairBorn, i, i * i, i);
            read.WriteDigest(digest);
        }

        unread.WriteDigest(other);
        Assert.Equal(other, digest);
        Assert.Equal(500UL, read.Count);
    }

    [Fact]
    public void WriteDigest_GivenOneEvent_isTheHashOfItsCanonicalBytes()
    {
        EventLog log = new(0x01020304, observed: false);
        log.Append(0x1112131415161718, MeshEventKind.PairTaken, 0x21, 0x31, 0x41);
        byte[] digest = new byte[32];
        log.WriteDigest(digest);

        string start = new('0', 64);
        string text = start + "1112131415161718" + "01020304" + "0000000000000001" + "06"
            + "0000000000000021" + "0000000000000031" + "00000000000000000000000000000041";
        Assert.Equal(SHA256.HashData(Convert.FromHexString(text)), digest);
    }

    [Theory]
    [InlineData(76)]
    [InlineData(77)]
    [InlineData(78)]
    [InlineData(200)]
    public void WriteDigest_GivenOneChangedValue_differs(int events)
    {
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        Filled(events, changedAt: -1).WriteDigest(first);
        Filled(events, changedAt: 5).WriteDigest(second);

        Assert.NotEqual(first, second);
    }

    private static EventLog Filled(int events, int changedAt)
    {
        EventLog log = new(0, observed: false);
        for (int i = 0; i < events; i++)
        {
            log.Append(i, MeshEventKind.Swapped, 1, i == changedAt ? 1UL : 0UL);
        }

        return log;
    }
}
