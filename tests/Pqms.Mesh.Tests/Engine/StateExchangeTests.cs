using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Tests.Engine;

public sealed class StateExchangeTests
{
    private static readonly int[] s_lengths = [8, 8, 4, 4, 16, 8, 1, 4 + 3, 4 + (3 * 8), 4 + (2 * 4), 4 + (2 * 8), 4];

    [Fact]
    public void Exchange_GivenAWrittenState_readsItBackAndWritesTheSameBytes()
    {
        Everything first = Everything.Sample();
        byte[] bytes = Write(first);
        Everything second = new();
        Read(second, bytes);

        Assert.Equal(s_lengths.Sum(), bytes.Length);
        Assert.Equal(bytes, Write(second));
        Assert.Equal(first.Long, second.Long);
        Assert.Equal(first.ULong, second.ULong);
        Assert.Equal(first.Int, second.Int);
        Assert.Equal(first.Wide, second.Wide);
        Assert.Equal(first.Double, second.Double);
        Assert.True(second.Bool);
        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(first.Fixed, second.Fixed);
        Assert.Equal(first.List, second.List);
        Assert.Equal(first.Queue, second.Queue);
    }

    [Fact]
    public void Value_WhenWritten_isBigEndian()
    {
        StateExchange writer = StateExchange.Writer();
        long value = 0x0102030405060708;
        writer.Value(ref value);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], writer.ToBytes());
    }

    [Fact]
    public void Exchange_GivenEveryShorterLength_refuses()
    {
        byte[] bytes = Write(Everything.Sample());
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] cut = bytes[..length];
            Assert.Throws<StateFormatException>(() => Read(new Everything(), cut));
        }
    }

    [Fact]
    public void End_GivenATrailingByte_refuses() =>
        Assert.Throws<StateFormatException>(() => Read(new Everything(), [.. Write(Everything.Sample()), 0]));

    [Theory]
    [InlineData(20, 1)] // The int of range [0, 99] becomes 2^24.
    [InlineData(48, 2)] // The truth value.
    [InlineData(49, 0x7f)] // Count of bytes.
    [InlineData(59, 4)] // Count of the fixed array.
    [InlineData(84, 0x80)] // Count of the list, negative.
    [InlineData(119, 0)] // The mark.
    public void Exchange_GivenAWrongByte_refuses(int at, byte value)
    {
        byte[] bytes = Write(Everything.Sample());
        Assert.NotEqual(value, bytes[at]);
        bytes[at] = value;

        Assert.Throws<StateFormatException>(() => Read(new Everything(), bytes));
    }

    [Fact]
    public void Value_GivenNotANumber_refusesInBothDirections()
    {
        double value = double.NaN;
        Assert.Throws<StateFormatException>(() => StateExchange.Writer().Value(ref value));
        StateExchange reader = StateExchange.Reader([0x7f, 0xf8, 0, 0, 0, 0, 0, 1]);
        Assert.Throws<StateFormatException>(() => reader.Value(ref value));
    }

    [Fact]
    public void Items_GivenMoreThanTheBound_isABugOfTheWriter() =>
        Assert.Throws<InvalidOperationException>(
            () => StateExchange.Writer().Items(
                new List<int> { 1, 2 }, 1, (StateExchange s, ref int item) => s.Value(ref item)));

    [Fact]
    public void ToBytes_GivenManyValues_growsWithoutLoss()
    {
        StateExchange writer = StateExchange.Writer();
        for (long i = 0; i < 5_000; i++)
        {
            writer.Value(ref i);
        }

        StateExchange reader = StateExchange.Reader(writer.ToBytes());
        for (long i = 0; i < 5_000; i++)
        {
            long value = -1;
            reader.Value(ref value);
            Assert.Equal(i, value);
        }

        reader.End();
    }

    private static byte[] Write(Everything state)
    {
        StateExchange writer = StateExchange.Writer();
        state.Exchange(writer);
        return writer.ToBytes();
    }

    private static void Read(Everything state, byte[] bytes)
    {
        StateExchange reader = StateExchange.Reader(bytes);
        state.Exchange(reader);
        reader.End();
    }

    private sealed class Everything
    {
        public long Long;
        public ulong ULong;
        public uint UInt;
        public int Int;
        public UInt128 Wide;
        public double Double;
        public bool Bool;
        public byte[] Bytes = [];

        public long[] Fixed { get; } = new long[3];

        public List<int> List { get; } = [];

        public Queue<double> Queue { get; } = new();

        public static Everything Sample()
        {
            Everything sample = new()
            {
                Long = long.MinValue,
                ULong = ulong.MaxValue,
                UInt = 7,
                Int = 42,
                Wide = UInt128.MaxValue - 5,
                Double = -0.0,
                Bool = true,
                Bytes = [9, 8, 7],
            };
            sample.Fixed[2] = -3;
            sample.List.AddRange([5, -6]);
            sample.Queue.Enqueue(double.PositiveInfinity);
            sample.Queue.Enqueue(1.5);
            return sample;
        }

        public void Exchange(StateExchange state)
        {
            state.Value(ref Long);
            state.Value(ref ULong);
            state.Value(ref UInt);
            state.Value(ref Int, 0, 99);
            state.Value(ref Wide);
            state.Value(ref Double);
            state.Value(ref Bool);
            state.Value(ref Bytes, 8);
            state.Items(Fixed, (StateExchange s, ref long item) => s.Value(ref item));
            state.Items(List, 10, (StateExchange s, ref int item) => s.Value(ref item));
            state.Items(Queue, 10, (StateExchange s, ref double item) => s.Value(ref item));
            state.Mark(0x51_4d_53_01);
        }
    }
}
