using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Journal;

public sealed class SignatureLogTests : IDisposable
{
    private const int MarkBytes = 16;
    private const int RecordBytes = 120;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_GivenEntries_readsThemInOrder()
    {
        Write(5);
        using SignatureLog log = Open();
        Assert.True(log.Existed);
        Assert.Null(log.Damage);
        Assert.Equal(Enumerable.Range(1, 5).Select(Entry), log.Read);
        Assert.Equal(MarkBytes + (5 * RecordBytes), new FileInfo(FilePath).Length);
    }

    [Fact]
    public void Open_GivenUnfinishedLastRecord_dropsItAndGoesOn()
    {
        for (int extra = 1; extra < RecordBytes; extra += 17)
        {
            File.Delete(FilePath);
            Write(2);
            byte[] whole = File.ReadAllBytes(FilePath);
            File.WriteAllBytes(FilePath, [.. whole, .. new byte[extra]]);
            using (SignatureLog log = Open())
            {
                Assert.Null(log.Damage);
                Assert.Equal(2, log.Read.Count);
                log.Append(Entry(3));
            }

            using SignatureLog again = Open();
            Assert.Equal((null, 3), (again.Damage, again.Read.Count));
        }
    }

    [Fact]
    public void Open_GivenAnyFlippedBit_seesIt()
    {
        Write(3);
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(FilePath, flipped);
            using SignatureLog log = Open();
            Assert.True(log.Damage is not null, $"byte {place}");
            Assert.True(log.Read.Count <= Math.Max(0, place - MarkBytes) / RecordBytes, $"byte {place}");
        }
    }

    [Fact]
    public void Open_GivenRecordLeftOutOrEmptyFile_seesIt()
    {
        Write(3);
        byte[] whole = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(
            FilePath, [.. whole[..(MarkBytes + RecordBytes)], .. whole[(MarkBytes + (2 * RecordBytes))..]]);
        using (SignatureLog log = Open())
        {
            Assert.Contains("record 2", log.Damage!, StringComparison.Ordinal);
        }

        File.WriteAllBytes(FilePath, []);
        using SignatureLog empty = Open();
        Assert.NotNull(empty.Damage);
        Assert.Throws<InvalidOperationException>(() => empty.Append(Entry(1)));
    }

    [Fact]
    public void Replace_GivenDamage_keepsTheOldFileAndWritesTheList()
    {
        File.WriteAllText(FilePath, "garbage");
        using SignatureLog damaged = Open();
        (SignatureLog log, string moved) = damaged.Replace([Entry(1), Entry(2)], durable: true);
        log.Dispose();
        Assert.Equal("garbage", File.ReadAllText(moved));
        using SignatureLog again = Open();
        Assert.Equal([Entry(1), Entry(2)], again.Read);
    }

    private static SignedReport Entry(int number) => new(
        1, (ulong)number, Bytes.Hash($"report {number}"), 10 + (ulong)number, Bytes.Hash($"block {number}"));

    private string FilePath => _folder.File("j.db.signatures");

    private SignatureLog Open() => SignatureLog.Open(FilePath, durable: false);

    private void Write(int entries)
    {
        using SignatureLog log = Open();
        Assert.False(log.Existed);
        for (int i = 1; i <= entries; i++)
        {
            log.Append(Entry(i));
        }
    }
}
