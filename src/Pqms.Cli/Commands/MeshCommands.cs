using System.CommandLine;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh</c>: the mesh alone, without chain or oracle.</summary>
internal static class MeshCommands
{
    public static Command Create(CommandHost host) => CommandHost.Group(
        "mesh", "run the mesh emulator without a chain",
        MeshRunCommand.Create(host),
        MeshSweepCommand.Create(host),
        MeshImportCommand.Create(host));
}
