using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Node;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>Pausing, roles, parameters and the admin's office.</summary>
internal static class RegistryCommands
{
    private static readonly Argument<PauseBit> What =
        Inputs.ChoiceArgument<PauseBit>("what", "new bookings, or new reports; refunds and settlements go on");

    private static readonly Argument<LedgerParameter> Name =
        Inputs.ChoiceArgument<LedgerParameter>("parameter", "which");

    private static readonly Argument<uint> Value =
        Inputs.NumberArgument("value", "the new value; 'pqms parameter list' shows the range", 1U, uint.MaxValue);

    private static readonly Argument<Address> Account = LedgerInputs.AccountArgument("account", "the account");

    private static readonly Argument<RoleSet> Roles = new("roles")
    {
        Description = $"the account's whole new set: {RoleSet.Allowed}",
        CustomParser = result => RoleSet.TryParse(result.Tokens[0].Value, out var roles)
            ? roles
            : Inputs.Refuse<RoleSet>(result, "is no set of roles", RoleSet.Allowed),
    };

    private enum PauseBit : byte
    {
        Bookings = 1,
        Reports = 2,
    }

    /// <summary>The ledger's enum Parameter.</summary>
    private enum LedgerParameter : byte
    {
        ClientSlots = 0,
        ClientReservations = 1,
        MinSlotSeconds = 2,
    }

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "pause", "stop new bookings or new reports; needs PAUSER", "pause bookings --account admin", [What],
            run => SendAsync(run, registry => registry.Pause((byte)run.Get(What)))),
        host.Make(
            "unpause", "let bookings or reports go on; needs UNPAUSER", "unpause bookings --account admin", [What],
            run => SendAsync(run, registry => registry.Unpause((byte)run.Get(What)))),
        CommandHost.Group(
            "role", "who may pause, unpause, operate and guard",
            host.Make("list", "list the admin and all accounts with roles", "role list --json", [], ListRolesAsync),
            host.Make(
                "set", "set an account's whole set of roles; the admin only",
                "role set 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 operator,guardian --account admin",
                [Account, Roles],
                run => SendAsync(run, registry => registry.SetRoles(run.Get(Account), run.Get(Roles).Mask)))),
        CommandHost.Group(
            "parameter", "limits of new requests, changed after a delay in which clients can leave",
            host.Make("list", "list values, ranges and announced changes", "parameter list --json", [],
                ListParametersAsync),
            host.Make(
                "schedule", "announce a new value; the admin only",
                "parameter schedule clientslots 20000 --account admin", [Name, Value],
                run => SendAsync(run, registry => registry.Schedule((byte)run.Get(Name), run.Get(Value)))),
            host.Make(
                "unschedule", "withdraw an announced change; the admin only",
                "parameter unschedule clientslots --account admin", [Name],
                run => SendAsync(run, registry => registry.Unschedule((byte)run.Get(Name)))),
            host.Make(
                "apply", "apply an announced change once its time has come; open to anyone",
                "parameter apply clientslots", [Name],
                run => SendAsync(run, registry => registry.ApplyParameter((byte)run.Get(Name))))),
        CommandHost.Group(
            "admin", "the admin's office, handed over in two steps; 'pqms role list' shows who has it",
            host.Make(
                "transfer", "offer the office to an account, who must accept; the zero address withdraws the offer",
                "admin transfer 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --account admin", [Account],
                run => SendAsync(run, registry => registry.TransferAdmin(run.Get(Account)))),
            host.Make(
                "accept", "take over the office that you were offered", "admin accept --account oracle", [],
                run => SendAsync(run, registry => registry.AcceptAdmin()))),
    ];

    private static async Task<int> SendAsync(Invocation run, Func<RealmRegistryContract, ContractCall> call)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(call(access.Registry));
    }

    private static async Task<int> ListRolesAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var admin = await access.ReadAsync(access.Registry.Admin(), now.Block);
        var offered = await access.ReadAsync(access.Registry.PendingAdmin(), now.Block);
        var holders = new SortedDictionary<Address, RoleSet>();
        foreach (var set in (await access.Client.EventsAsync(0, now.Block, run.Cancel)).OfType<RolesSet>())
        {
            holders[set.Data.Account] = new RoleSet((ulong)set.Data.Roles);
        }

        var held = holders.Where(holder => holder.Value.Mask != 0).ToList();
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                admin = admin.ToString(),
                offeredTo = offered == Address.Zero ? null : offered.ToString(),
                accounts = held.Select(holder => new
                {
                    account = holder.Key.ToString(),
                    roles = holder.Value.Names(),
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            ["account", "roles"],
            [
                [$"{admin}", offered == Address.Zero ? "admin" : $"admin; offered to {offered}"],
                .. held.Select(holder => (IReadOnlyList<string>)[$"{holder.Key}", $"{holder.Value}"]),
            ]);
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> ListParametersAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var delay = await access.ReadAsync(access.Registry.ParameterDelaySeconds(), now.Block);
        var found = new List<(LedgerParameter Name, uint Value, uint Next, ulong ApplicableAt)>();
        foreach (var name in Enum.GetValues<LedgerParameter>())
        {
            var change = await access.ReadAsync(access.Registry.Scheduled((byte)name), now.Block);
            found.Add((name, await access.ReadAsync(access.Registry.ParameterOf((byte)name), now.Block), change.Value,
                change.ApplicableAt));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                delaySeconds = delay,
                parameters = found.Select(one => new
                {
                    name = one.Name.ToString(),
                    value = one.Value,
                    min = 1,
                    max = Most(one.Name),
                    announced = one.ApplicableAt == 0
                        ? null : new { value = one.Next, applicableAtSeconds = one.ApplicableAt },
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            ["parameter", ">value", ">range", "announced"],
            found.Select(one => (IReadOnlyList<string>)
            [
                $"{one.Name}", $"{one.Value}", $"1..{Most(one.Name)}",
                one.ApplicableAt == 0 ? "" : $"{one.Next}, from chain time {one.ApplicableAt} on",
            ]));
        run.Screen.Line($"a change takes {delay} s; as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    // The registry's constants; it names them when it refuses.
    private static uint Most(LedgerParameter name) => name switch
    {
        LedgerParameter.ClientSlots => 100_000,
        LedgerParameter.ClientReservations => ushort.MaxValue,
        _ => 86_400,
    };
}

/// <summary>Roles of an account.</summary>
/// <param name="Mask">The ledger's bits.</param>
internal readonly record struct RoleSet(ulong Mask)
{
    /// <summary>What is understood.</summary>
    public const string Allowed = "pauser, unpauser, operator, guardian, with commas, or none";

    private static readonly string[] All = ["pauser", "unpauser", "operator", "guardian"];

    /// <summary>The names, by bit.</summary>
    public IEnumerable<string> Names()
    {
        var mask = Mask;
        return All.Where((_, bit) => ((mask >> bit) & 1) == 1);
    }

    /// <summary>Reads names with commas, or none.</summary>
    public static bool TryParse(string text, out RoleSet roles)
    {
        var mask = 0UL;
        foreach (var name in text == "none" ? [] : text.Split(','))
        {
            var bit = Array.FindIndex(All, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (bit < 0)
            {
                roles = default;
                return false;
            }

            mask |= 1UL << bit;
        }

        roles = new RoleSet(mask);
        return true;
    }

    /// <summary>The names with commas.</summary>
    public override string ToString() => Mask == 0 ? "none" : string.Join(", ", Names());
}
