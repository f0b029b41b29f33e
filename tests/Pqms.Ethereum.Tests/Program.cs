using Pqms.Ethereum.Tests.Crypto;

Console.Out.WriteLine(KeccakRun.Text());
