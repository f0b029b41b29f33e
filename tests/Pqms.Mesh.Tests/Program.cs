using Pqms.Mesh.Tests.Engine;

Console.Out.WriteLine(GoldenRun.Hash(threads: 1));
