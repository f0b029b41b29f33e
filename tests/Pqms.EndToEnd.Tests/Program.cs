using Pqms.EndToEnd.Tests.Chaos;

return await Victim.RunAsync(args);
