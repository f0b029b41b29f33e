using Pqms.Cli;

return await App.RunAsync(
    args, Screen.OfThisProcess(), Environment.GetEnvironmentVariable, Console.OpenStandardInput);
