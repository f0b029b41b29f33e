using System.Text.Json;
using Pqms.Cli.Tests.Support;
using Pqms.Ethereum.Crypto;

namespace Pqms.Cli.Tests;

public sealed class AppTests
{
    private const string EveryCommand =
        "up,demo,deploy,oracle run,status,quote,reserve,take,release,cancel,expire,refund,settle,withdraw,pools,"
        + "sign-request,relay,share offer,share accept,share leave,extend,deposit,sponsor,bond show,bond add,"
        + "bond start,bond finish,provider register,provider resign,price,kinds,lots list,lots show,lots register,"
        + "lots move,lots retire,order open,order list,order show,order accept,order withdraw,order fail,"
        + "report list,report disable,report reopen,era show,era start,oracle signers,oracle schedule,"
        + "oracle unschedule,oracle rotate,quota list,quota set,cohort show,cohort set,reservoir list,reservoir set,"
        + "pool isolate,pool open,links,path reserve,path release,pause,unpause,role list,role set,parameter list,"
        + "parameter schedule,parameter unschedule,parameter apply,admin transfer,admin accept,"
        + "reservations,events,audit,audit export,audit verify,mesh run,mesh sweep,mesh import,keystore create,"
        + "config,doctor";

    public static TheoryData<string> Commands => [.. EveryCommand.Split(',')];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Run_WhenAskedForHelp_showsAnExampleOfThatCommand(string command)
    {
        var ran = await Ran.PqmsAsync(command + " --help");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("pqms " + command, ran.Output);
        Assert.Contains("--json", ran.Output);
        Assert.Contains($"Example:\n  pqms {command.Split(' ')[0]}", ran.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Run_WhenAskedForHelp_listsTheExitCodes()
    {
        var ran = await Ran.PqmsAsync("--help");

        Assert.Contains("3   no chain answers", ran.Output);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate", "pqms --help")]
    [InlineData("take", "Required argument missing", "pqms take --help")]
    [InlineData("take abc", "'abc' is no reservation id", "resource-id-<number>")]
    [InlineData("take 340282366920938463463374607431768211456", "is no reservation id", "below 2^128")]
    [InlineData("take 1 --count 0", "'0' is out of range", "from 1 to")]
    [InlineData("settle 0", "'0' is out of range", "from 1 to")]
    [InlineData("quote", "--pool", "pqms quote --help")]
    [InlineData("quote --pool 1 --slots 0", "'0' is out of range", "from 1 to 32767")]
    [InlineData("quote --pool 1 --slots -1", "'-1' is out of range", "from 1 to 32767")]
    [InlineData("quote --pool 1 --fidelity 0.5", "'0.5' is no fidelity", "above 0.5 up to 1")]
    [InlineData("quote --pool 1 --fidelity 1.01", "'1.01' is no fidelity", "above 0.5 up to 1")]
    [InlineData("quote --pool 1 --fidelity NaN", "'NaN' is no fidelity", "above 0.5 up to 1")]
    [InlineData("quote --pool 1 --duration 10", "'10' is no duration", "10m")]
    [InlineData("quote --pool 1 --max-cost 1.5wei", "'1.5wei' is no amount", "wei, gwei or ether")]
    [InlineData("quote --pool 1 --max-cost -1", "'-1' is no amount", "wei, gwei or ether")]
    [InlineData("quote --pool 1 --start yesterday", "'yesterday' is no time", "seconds since 1970")]
    [InlineData("quote --pool 1 --priority urgent", "'urgent' is none of them", "low, normal, high, critical")]
    [InlineData("reserve --pool 1 --path 1,x", "'1,x' is no path", "ids of links")]
    [InlineData("reserve --pool 1 --group 2", "'2' is no member of a group", "slots from 1 to 32767")]
    [InlineData("reserve --pool 1 --payer bob", "'bob' is no address", "40 hexadecimal digits")]
    [InlineData("deposit much", "'much' is no amount", "wei, gwei or ether")]
    [InlineData("order show 0", "'0' names no order", "from 1 to")]
    [InlineData("share offer 1 --percent 101", "'101' is out of range", "from 0 to 100")]
    [InlineData("reserve --pool 1 --id x", "'x' is no reservation id", "below 2^128")]
    [InlineData("reserve --pool 1 --id 1 --id 2", "2 ids for 1 pools", "an id for each pool")]
    [InlineData("reserve --pool 1 --id 1 --group 2=1", "1 ids for 2 pools", "an id for each pool")]
    [InlineData("reserve --pool 1 --path 1 --group 2=1", "--group together with --path", "one of them")]
    [InlineData("report disable 0", "'0' is out of range", "from 1 to")]
    [InlineData("report list --last 65537", "'65537' is out of range", "from 1 to 65536")]
    [InlineData("era start --seed -1", "'-1' is out of range", "from 0 to")]
    [InlineData("era start --scenario none.json", "no scenario file", "a JSON file")]
    [InlineData("oracle schedule", "--signer", "pqms oracle schedule --help")]
    [InlineData("oracle schedule --signer bob", "'bob' is no address", "40 hexadecimal digits")]
    [InlineData("oracle schedule --threshold 33", "'33' is out of range", "from 1 to 32")]
    [InlineData("oracle schedule --threshold 2 --signer 0x00000000000000000000000000000000000000aa",
        "1 signers with threshold 2", "a threshold up to their number")]
    [InlineData("quota set 1 --research -1", "'-1' is out of range", "from 0 to")]
    [InlineData("cohort set 0x00000000000000000000000000000000000000aa nobody", "'nobody' is none of them",
        "open, research, commercial, education, humanitarian")]
    [InlineData("reservoir set 1 --threshold 5 --target 4", "a target of 4 below the threshold 5", "at least")]
    [InlineData("path reserve 1,x --start 1", "'1,x' is no path", "ids of links")]
    [InlineData("path reserve 1 --start 1 --lanes 32768", "'32768' is out of range", "from 1 to 32767")]
    [InlineData("pause everything", "'everything' is none of them", "bookings, reports")]
    [InlineData("role set 0x00000000000000000000000000000000000000aa king", "'king' is no set of roles", "guardian")]
    [InlineData("parameter schedule speed 1", "'speed' is none of them", "clientslots")]
    [InlineData("parameter schedule clientslots 0", "'0' is out of range", "from 1 to")]
    [InlineData("mesh run x.json --threads 65", "'65' is out of range", "from 1 to 64")]
    [InlineData("config --chain-port 0", "chainPort = '0'", "[1, 65535]")]
    [InlineData("config --chain-url localhost", "chainUrl = 'localhost'", "http or https")]
    [InlineData("config --account root", "account = 'root'", "provider or client")]
    public async Task Run_GivenBadUsage_namesValueAndAllowedAndExitsWith2(string line, string what, string allowed)
    {
        var ran = await Ran.PqmsAsync(line);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(what, ran.Error);
        Assert.Contains(allowed, ran.Error);
        Assert.Contains("next:", ran.Error);
        Assert.Empty(ran.Output);
    }

    [Fact]
    public async Task KeystoreCreate_GivenAPassword_writesAFileThatOpensAndIsNeverOverwritten()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "oracle.json");
        var password = new Dictionary<string, string> { ["PQMS_KEYSTORE_PASSWORD"] = "correct horse" };

        var made = await Ran.PqmsAsync($"keystore create {path} --account oracle", password);
        var again = await Ran.PqmsAsync($"keystore create {path}", password);

        Assert.Equal(0, made.ExitCode);
        Assert.Contains("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", made.Output);
        using var key = Keystore.Open(await File.ReadAllTextAsync(path), "correct horse");
        Assert.Equal("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", key.Address.ToString());
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("choose another path", again.Error);
    }

    [Fact]
    public async Task KeystoreCreate_GivenAShortPassword_refusesAndWritesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "oracle.json");

        var ran = await Ran.PqmsAsync(
            $"keystore create {path}", new Dictionary<string, string> { ["PQMS_KEYSTORE_PASSWORD"] = "1234567" });

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("at least 8", ran.Error);
        Assert.DoesNotContain("1234567", ran.Error);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Run_GivenNoRunFile_exitsWith3AndSaysHowToStart()
    {
        using var folder = new TemporaryFolder();

        var ran = await Ran.PqmsAsync($"status --data-folder {folder.Path}");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains(folder.Path, ran.Error);
        Assert.Contains("pqms up", ran.Error);
    }

    [Fact]
    public async Task Run_GivenStaleRunFile_exitsWith3AndNamesTheProcess()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run.json", """
            { "processId": 2147483646, "processStartTicks": 1, "chainUrl": "http://127.0.0.1:1", "chainId": 31337,
              "genesis": "0x01", "apiUrl": "http://127.0.0.1:2", "dataFolder": "/x", "scenarioHash": "0x02",
              "addresses": { "realmRegistry": "0x1", "treasury": "0x2", "entanglementNetwork": "0x3",
                             "reportHub": "0x4", "particleInventory": "0x6",
                             "particleAllocation": "0x5", "deployedAtBlock": 1 } }
            """);

        var ran = await Ran.PqmsAsync($"status --data-folder {folder.Path}");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("stale: process 2147483646 has ended", ran.Error);
    }

    [Fact]
    public async Task Run_GivenUnreachableChain_exitsWith3AndNamesTheAddress()
    {
        var ran = await Ran.PqmsAsync("pools --chain-url http://127.0.0.1:1");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("http://127.0.0.1:1", ran.Error);
        Assert.Contains("--chain-url", ran.Error);
    }

    [Fact]
    public async Task Run_GivenBrokenScenario_namesPathValueAndAllowed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("broken.json", """{ "name": 7 }""");

        var ran = await Ran.PqmsAsync($"mesh run {path}");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("$.name", ran.Error);
        Assert.Contains("allowed", ran.Error);
    }

    [Fact]
    public async Task Run_GivenForeignFile_verifyRefusesIt()
    {
        using var folder = new TemporaryFolder();

        var ran = await Ran.PqmsAsync($"audit verify {folder.Write("h.pqms", "not a history")}");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("h.pqms", ran.Error);
    }

    [Fact]
    public async Task Config_GivenEnvironmentAndFlag_isOneDocumentWithSources()
    {
        var environment = new Dictionary<string, string> { ["PQMS_API_PORT"] = "9000" };

        var ran = await Ran.PqmsAsync("config --chain-port 9001 --json", environment);

        Assert.Equal(0, ran.ExitCode);
        using var document = JsonDocument.Parse(ran.Output);
        var settings = document.RootElement.GetProperty("settings");
        Assert.Equal("flag --chain-port", settings.GetProperty("chainPort").GetProperty("source").GetString());
        Assert.Equal(
            "environment PQMS_API_PORT", settings.GetProperty("apiPort").GetProperty("source").GetString());
        Assert.Equal("9000", settings.GetProperty("apiPort").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Run_WhenOutputIsNoTerminal_writesNoColours()
    {
        var ran = await Ran.PqmsAsync("config");

        Assert.DoesNotContain('\e', ran.Output);
    }
}
