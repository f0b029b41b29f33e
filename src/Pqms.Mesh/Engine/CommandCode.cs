namespace Pqms.Mesh.Engine;

/// <summary>Codes of commands in the log; never renumbered within a mesh version.</summary>
internal static class CommandCode
{
    public const ulong Request = 1;
    public const ulong Take = 2;
    public const ulong Release = 3;
    public const ulong Withdraw = 4;
    public const ulong Isolate = 5;
    public const ulong Extend = 6;
    public const ulong Produce = 7;
    public const ulong CancelProduction = 8;
}
