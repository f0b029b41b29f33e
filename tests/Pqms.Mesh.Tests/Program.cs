using Pqms.Mesh.Tests.Engine;
using Pqms.Mesh.Tests.Zones;

Console.Out.WriteLine(args is ["zones"] ? ZoneRun.Hash() : GoldenRun.Hash(threads: 1));
