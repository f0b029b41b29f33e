using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms share</c> and <c>pqms extend</c>: what a client may change of a reservation that runs.</summary>
internal static class ShareCommands
{
    private static readonly Argument<UInt128> Id = Inputs.Id();

    private static readonly Option<Address?> Member = LedgerInputs.Account("--member", "who gets the share");

    private static readonly Option<uint> Percent = Inputs.Number(
        "--percent", "part of all takes that the entitlement allows; 0 withdraws an offer", 0U, 100U, 50U);

    private static readonly Option<TimeSpan> By = Inputs.Duration(
        "--by", "how much longer, whole seconds; the whole window up to 4h", TimeSpan.FromMinutes(10));

    private static readonly Option<UInt256?> MaxCost = Inputs.Amount(
        "--max-cost", "most you will pay; the quoted price when not given");

    private static readonly Option<UInt256?> Escrow = Inputs.Amount(
        "--escrow", "wei to send; the quoted price when not given, what is above the price stays credit");

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        CommandHost.Group(
            "share", "let others take from a reservation of yours; they consent first",
            host.Make(
                "offer", "offer a member a share",
                "share offer resource-id-573921 --member 0x90F79bf6EB2c4f870365E785982E1f101E93b906 --percent 30",
                [Id, Member, Percent], OfferAsync),
            host.Make(
                "accept", "consent to a share that you were offered",
                "share accept resource-id-573921 --account provider",
                [Id], run => SendAsync(run, (allocation, id) => allocation.AcceptShare(id))),
            host.Make(
                "leave", "give your share back", "share leave resource-id-573921 --account provider", [Id],
                run => SendAsync(run, (allocation, id) => allocation.LeaveShare(id)))),
        host.Make(
            "extend", "make a granted window longer, at the price of now", "extend resource-id-573921 --by 10m",
            [Id, By, MaxCost, Escrow], ExtendAsync),
    ];

    private static async Task<int> SendAsync(
        Invocation run, Func<ParticleAllocationContract, UInt128, ContractCall> call)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var id = run.Get(Id);
        return await access.SendAsync(call(access.Allocation, id), default, id);
    }

    private static Task<int> OfferAsync(Invocation run)
    {
        var member = run.Get(Member) ?? throw new RefusedException(
            ExitCode.Usage, "nobody to share with", "an address", "name a member with --member");
        return SendAsync(run, (allocation, id) => allocation.Share(id, member, run.Get(Percent) * (Ppm.One / 100)));
    }

    private static async Task<int> ExtendAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var id = run.Get(Id);
        var seconds = LedgerInputs.Seconds(run.Get(By), "--by");
        var stored = await access.ReadAsync(access.Allocation.Reservation(id));
        if (stored.Client == Address.Zero)
        {
            throw new RefusedException(
                ExitCode.Refused, $"{ReservationIds.ToText(id)} is not on this ledger", "an id that was requested",
                "'pqms reservations' lists them");
        }

        var cohort = (await access.ReadAsync(access.Allocation.ClientOf(stored.Client))).Cohort;
        var price = LedgerInputs.Wei(
            await access.ReadAsync(access.Network.Quote(
                stored.Pool, cohort, stored.End, stored.End + seconds, stored.Slots)),
            "--by");
        run.Screen.Say($"{seconds} s more cost {Ether.Format(price)}");
        var maxCost = run.Get(MaxCost) is { } most ? LedgerInputs.Wei(most, "--max-cost") : price;
        var escrow = run.Get(Escrow) is { } given ? LedgerInputs.Wei(given, "--escrow")
            : stored.Payer == access.Key!.Address ? price : UInt128.Zero;
        return await access.SendAsync(access.Allocation.Extend(id, seconds, maxCost), escrow, id);
    }
}
