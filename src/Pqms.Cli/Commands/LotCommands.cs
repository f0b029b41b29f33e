using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms lots</c>: batches of resources from production to disposal.</summary>
internal static class LotCommands
{
    private static readonly Argument<UInt128> Id = LedgerInputs.Number("lot");

    private static readonly Option<UInt128?> OwnId = LedgerInputs.OwnNumber("lot");

    private static readonly Option<Address?> Provider = LedgerInputs.Account(
        "--provider", "only this provider's lots");

    private static readonly Option<uint> Kind = Inputs.Number("--kind", "kind, see 'pqms kinds'", 1U, uint.MaxValue,
        1U);

    private static readonly Option<uint> Site =
        Inputs.Number("--site", "number of the site where it was produced", 1U, uint.MaxValue, 1U);

    private static readonly Option<uint> Count = Inputs.Number("--count", "how many", 1U, uint.MaxValue, 1U);

    private static readonly Option<Ppm?> Fidelity = Inputs.Fidelity(
        "--fidelity", "estimated mean fidelity when produced; 1 when not given");

    private static readonly Option<ulong> ProducedAt = Inputs.Moment(
        "--produced-at", "when, chain time; 0 is the latest block's time");

    private static readonly Option<ulong> Energy =
        Inputs.Number("--energy", "energy that the production took, mJ", 0UL, ulong.MaxValue, 0UL);

    private static readonly Option<string?> Provenance = LedgerInputs.Evidence("--provenance",
        "evidence of its origin");

    private static readonly Option<string?> Evidence = LedgerInputs.Evidence("--evidence", "evidence of this step");

    private static readonly Argument<LotStep> To = new("to")
    {
        Description = "available, reserved, active, consumed or expired, in this order; reserved may become available",
    };

    private enum LotStep
    {
        Available = 2,
        Reserved = 3,
        Active = 4,
        Consumed = 5,
        Expired = 6,
    }

    private static readonly string[] Statuses =
        ["none", "produced", "available", "reserved", "active", "consumed", "expired", "retired"];

    public static Command Create(CommandHost host) => CommandHost.Group(
        "lots", "batches of resources, from production to disposal",
        host.Make("list", "list the lots", "lots list --json", [Provider], ListAsync),
        host.Make("show", "show a lot and where it stands", "lots show 573921", [Id], ShowAsync),
        host.Make(
            "register", "register a lot of yours as produced",
            "lots register --kind 2 --site 1 --count 100 --fidelity 0.97 --provenance log.json --account provider",
            [OwnId, Kind, Site, Count, Fidelity, ProducedAt, Energy, Provenance], RegisterAsync),
        host.Make(
            "move", "take a lot of yours to the next state of its life",
            "lots move 573921 available --account provider",
            [Id, To, Evidence], MoveAsync),
        host.Make(
            "retire", "dispose of a lot of yours that was consumed or expired",
            "lots retire 573921 --evidence disposal.json --account provider", [Id, Evidence], RetireAsync));

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var events = await access.Client.EventsAsync(0, now.Block, run.Cancel);
        var lots = new List<(UInt128 Id, Lot Lot)>();
        foreach (var registered in events.OfType<LotRegistered>())
        {
            if (run.Get(Provider) is not { } wanted || registered.Data.Provider == wanted)
            {
                lots.Add((registered.Data.Id,
                    await access.ReadAsync(access.Inventory.Lot(registered.Data.Id), now.Block)));
            }
        }

        if (run.Json)
        {
            run.Screen.Document(new { asOf = Views.Moment(now), lots = lots.Select(lot => View(lot.Id, lot.Lot)) });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            ["lot", "status", ">kind", ">site", ">count", ">fidelity", ">produced", "order", "provider"],
            lots.Select(lot => (IReadOnlyList<string>)
            [
                $"{lot.Id}", Status(lot.Lot.Status), $"{lot.Lot.Terms.Kind}", $"{lot.Lot.Terms.Site}",
                $"{lot.Lot.Terms.Count}", Ppm.FromParts(lot.Lot.Terms.FidelityPpm).ToString(),
                $"{lot.Lot.Terms.ProducedAt}", lot.Lot.Order == 0 ? "" : $"{lot.Lot.Order}", $"{lot.Lot.Provider}",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var id = run.Get(Id);
        var lot = await access.ReadAsync(access.Inventory.Lot(id), now.Block);
        if (lot.Status == 0)
        {
            throw new RefusedException(
                ExitCode.Refused, $"lot {id} is not on this ledger", "a registered lot", "'pqms lots list' lists them");
        }

        if (run.Json)
        {
            run.Screen.Document(new { asOf = Views.Moment(now), lot = View(id, lot) });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("lot", $"{id}: {Status(lot.Status)}"),
            ("holds", $"{lot.Terms.Count} of kind {lot.Terms.Kind}, from site {lot.Terms.Site}"),
            ("fidelity", Ppm.FromParts(lot.Terms.FidelityPpm).ToString()),
            ("produced at", $"{lot.Terms.ProducedAt}"),
            ("energy", $"{lot.Terms.EnergyMillijoules} mJ"),
            ("provenance", lot.Terms.Provenance.ToString()),
            ("evidence", lot.Evidence.ToString()),
            ("order", lot.Order == 0 ? "none" : $"{lot.Order}"),
            ("provider", lot.Provider.ToString()),
        ]);
        return (int)ExitCode.Ok;
    }

    private static async Task<int> RegisterAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var terms = new LotTerms(
            run.Get(Kind), run.Get(Site), run.Get(Count), (run.Get(Fidelity) ?? Ppm.FromParts(Ppm.One)).Parts,
            run.Get(ProducedAt) == 0 ? now.TimeSeconds : run.Get(ProducedAt), run.Get(Energy),
            LedgerInputs.HashOf(run.Get(Provenance), "--provenance"));
        var id = run.Get(OwnId) ?? ReservationIds.New();
        run.Screen.Say($"lot {id}");
        return await access.SendAsync(access.Inventory.RegisterLot(id, terms));
    }

    private static async Task<int> MoveAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var evidence = LedgerInputs.HashOf(run.Get(Evidence), "--evidence");
        return await access.SendAsync(access.Inventory.MoveLot(run.Get(Id), (byte)run.Get(To), evidence));
    }

    private static async Task<int> RetireAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var evidence = LedgerInputs.HashOf(run.Get(Evidence), "--evidence");
        return await access.SendAsync(access.Inventory.RetireLot(run.Get(Id), evidence));
    }

    private static object View(UInt128 id, Lot lot) => new
    {
        id = id.ToString(),
        status = Status(lot.Status),
        kind = lot.Terms.Kind,
        site = lot.Terms.Site,
        count = lot.Terms.Count,
        fidelity = lot.Terms.FidelityPpm / 1e6,
        producedAtSeconds = lot.Terms.ProducedAt,
        energyMillijoules = lot.Terms.EnergyMillijoules,
        provenance = lot.Terms.Provenance.ToString(),
        evidence = lot.Evidence.ToString(),
        order = lot.Order == 0 ? null : lot.Order.ToString(),
        provider = lot.Provider.ToString(),
    };

    private static string Status(byte status) => status < Statuses.Length ? Statuses[status] : $"{status}";
}
