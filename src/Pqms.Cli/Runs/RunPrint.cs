using System.Globalization;
using Pqms.Mesh;
using Pqms.Mesh.Metrics;
using Pqms.Node.Hosting;

namespace Pqms.Cli.Runs;

/// <summary>The report of one run: as tables, as one JSON document, as comma-separated values.</summary>
internal sealed class RunPrint(ScenarioFile file, MeshRun planned, MeshRunResult result, RunCost cost)
{
    private const double Milli = 1000.0;
    private const double MebiBytes = 1024.0 * 1024.0;

    private RunReport Report => result.Report;

    /// <summary>For programs: every figure with its interval, per pool and in total.</summary>
    public object Document() => new
    {
        scenario = Report.Scenario,
        scenarioHash = file.Hash.ToString(),
        profile = file.Scenario.ProfileName,
        provenance = file.Scenario.Profile.Provenance,
        meshVersion = MeshVersion.Current,
        seed = Report.Seed,
        untilSeconds = planned.Until.TotalSeconds,
        warmUpSeconds = file.Scenario.WarmUpSeconds,
        batches = Report.Batches,
        batchSeconds = Report.BatchSeconds,
        confidence = Measured.Confidence,
        logHash = result.LogHash,
        conserved = Report.IsConserved,
        totals = result.Totals,
        jain = FigureText.Document(Report.Jain),
        units = PoolFigures.All.ToDictionary(figure => figure.Key, figure => figure.Unit),
        total = FigureText.Documents(figure => Report.Total[figure]),
        pools = result.Views.Zip(Report.Pools, PoolOf),
        seconds = Math.Round(cost.WallSeconds, 3),
        cpuSeconds = Math.Round(cost.CpuSeconds, 3),
        peakBytes = cost.PeakBytes,
        meshSecondsPerSecond = Math.Round(Speed, 1),
        eventsPerSecond = Math.Round(result.Totals.Events / Math.Max(cost.WallSeconds, 0.001)),
    };

    /// <summary>One row per pool.</summary>
    public string Csv()
    {
        var csv = new Csv(
        [
            "scenario", "seed", "until [s]", "batches", "pool", "fidelity floor [1]", "spans", "fresh fidelity [1]",
            "stock target [pairs]", "unaccounted [pairs]", .. FigureText.CsvHeadings(),
        ]);
        foreach (var (view, pool) in result.Views.Zip(Report.Pools))
        {
            csv.Add(
            [
                Runs.Csv.Text(Report.Scenario), Whole(Report.Seed), Runs.Csv.Number(planned.Until.TotalSeconds),
                Whole(Report.Batches), Runs.Csv.Text(pool.Name), Runs.Csv.Number(view.FidelityFloor),
                Whole(view.Links), Runs.Csv.Number(view.FreshFidelity), Whole(view.StockTarget),
                Whole(pool.Unaccounted), .. FigureText.CsvCells(figure => pool[figure]),
            ]);
        }

        return csv.ToString();
    }

    /// <summary>For people.</summary>
    public void Tables(Screen screen)
    {
        screen.Heading("pools");
        screen.Table(
            ["pool", ">floor", ">spans", ">fresh F", ">lifetime s", ">stock target", ">stock mean", ">pairs born/s",
                ">discarded/s"],
            result.Views.Zip(Report.Pools, (view, pool) => (IReadOnlyList<string>)
            [
                view.Name, view.FidelityFloor.ToString("0.0000", CultureInfo.InvariantCulture), Whole(view.Links),
                FigureText.Plain(view.FreshFidelity), FigureText.Plain(view.LifetimeSeconds), Whole(view.StockTarget),
                FigureText.Of(pool[PoolFigures.Stock]), FigureText.Of(pool[PoolFigures.Generated]),
                FigureText.Of(pool[PoolFigures.Discarded]),
            ]));
        screen.Heading("service");
        screen.Table(
            ["pool", ">delivered/s", ">available", ">served", ">at once", ">set-up ms", ">delivery ms", ">lost/s"],
            Rows(pool =>
            [
                FigureText.Of(pool[PoolFigures.Delivered]), FigureText.Of(pool[PoolFigures.Availability]),
                FigureText.Of(pool[PoolFigures.ServedShare]), FigureText.Of(pool[PoolFigures.ServedAtOnceShare]),
                FigureText.Of(pool[PoolFigures.Setup], Milli), FigureText.Of(pool[PoolFigures.Delivery], Milli),
                FigureText.Of(pool[PoolFigures.Lost]),
            ]));
        screen.Heading("quality of delivered pairs");
        screen.Table(
            ["pool", ">F true", ">F estimated", ">QBER X", ">QBER Y", ">QBER Z", ">key bit/s", ">J/pair"],
            Rows(pool =>
            [
                FigureText.Of(pool[PoolFigures.FidelityTruth]), FigureText.Of(pool[PoolFigures.FidelityEstimate]),
                FigureText.Of(pool[PoolFigures.QberX]), FigureText.Of(pool[PoolFigures.QberY]),
                FigureText.Of(pool[PoolFigures.QberZ]), FigureText.Of(pool[PoolFigures.Key]),
                FigureText.Of(pool[PoolFigures.JoulesPerPair]),
            ]));
        screen.Line("");
        screen.Facts(Facts());
    }

    private double Speed => planned.Until.TotalSeconds / Math.Max(cost.WallSeconds, 0.001);

    private IEnumerable<IReadOnlyList<string>> Rows(Func<PoolReport, IEnumerable<string>> cells) =>
        (Report.Pools.Count > 1 ? Report.Pools.Append(Report.Total) : Report.Pools)
            .Select(pool => (IReadOnlyList<string>)[pool.Name, .. cells(pool)]);

    private IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("seed", Whole(Report.Seed));
        yield return ("intervals", string.Create(
            CultureInfo.InvariantCulture,
            $"± is half of 95 %, from {Report.Batches} batches of {Report.BatchSeconds:0.###} s after the warm-up"));
        if (Correlated() is { Length: > 0 } names)
        {
            yield return ("warning", $"batches depend on each other, intervals are too narrow: {names}; run longer");
        }

        if (Report.Jain is { } jain)
        {
            yield return ("fairness", $"{FigureText.Of(jain)} (Jain's index of served shares, weighted by demand)");
        }

        if (Report.Total[PoolFigures.GrantPredicted] is { } predicted)
        {
            yield return ("grants", $"every slot filled: predicted {FigureText.Of(predicted)}, delivered "
                + FigureText.Of(Report.Total[PoolFigures.GrantDelivered]));
        }

        yield return (
            "pairs", Report.IsConserved ? "every pair of every pool is accounted for" : "NOT all accounted for");
        yield return ("events", Whole(result.Totals.Events));
        yield return ("cost", string.Create(
            CultureInfo.InvariantCulture,
            $"{cost.CpuSeconds:0.00} s of processor, {cost.WallSeconds:0.00} s, {cost.PeakBytes / MebiBytes:0} MiB"));
        yield return ("speed", string.Create(CultureInfo.InvariantCulture, $"{Speed:0.0} mesh seconds a second"));
        yield return ("logHash", result.LogHash);
    }

    private string Correlated() => string.Join(", ", Report.Pools.Where(pool => new[]
    {
        PoolFigures.Delivered, PoolFigures.Availability, PoolFigures.FidelityTruth, PoolFigures.Setup,
    }.Any(figure => pool[figure]?.IsCorrelated == true)).Select(pool => pool.Name));

    private static object PoolOf(PoolView view, PoolReport pool) => new
    {
        name = view.Name,
        fidelityFloor = view.FidelityFloor,
        links = view.Links,
        freshFidelity = view.FreshFidelity,
        lifetimeSeconds = view.LifetimeSeconds,
        pairsPerSecond = view.PairRate,
        stock = view.Counters.Stock,
        stockTarget = view.StockTarget,
        generated = view.Counters.Generated,
        discarded = view.Counters.Discarded,
        waiting = pool.Last.Waiting,
        unaccounted = (long)pool.Unaccounted,
        figures = FigureText.Documents(figure => pool[figure]),
    };

    private static string Whole<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
