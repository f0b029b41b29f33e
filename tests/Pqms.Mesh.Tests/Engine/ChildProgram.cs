using System.Diagnostics;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Runs this assembly's program again with another JIT setting; it prints a digest.</summary>
internal static class ChildProgram
{
    public static string Run(string variable, string value, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(ChildProgram).Assembly.Location);
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[variable] = value;
        using Process program = Process.Start(start)!;
        string output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        Assert.Equal(0, program.ExitCode);
        return output.Trim();
    }
}
