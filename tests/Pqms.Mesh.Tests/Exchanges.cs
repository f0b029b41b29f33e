using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Tests;

/// <summary>Carries a state over as a snapshot does.</summary>
internal static class Exchanges
{
    /// <summary>Writes one object and reads another, and checks that it then writes the same bytes.</summary>
    public static void Copy(Action<StateExchange> from, Action<StateExchange> to)
    {
        byte[] bytes = Bytes(from);
        StateExchange reader = StateExchange.Reader(bytes);
        to(reader);
        reader.End();
        Assert.Equal(bytes, Bytes(to));
    }

    public static byte[] Bytes(Action<StateExchange> state)
    {
        StateExchange writer = StateExchange.Writer();
        state(writer);
        return writer.ToBytes();
    }
}
