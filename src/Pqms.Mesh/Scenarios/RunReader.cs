using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads what happens during the run: reservations, Bell tests, the planner.</summary>
internal sealed class RunReader(FormatCheck check, JsonElement root, SiteReader sites)
{
    public IReadOnlyList<ScenarioReservation> Reservations(IReadOnlySet<string> pools)
    {
        var reservations = new List<ScenarioReservation>();
        foreach (JsonElement item in root.Items("reservations"))
        {
            string pool = item.Text("pool");
            if (!pools.Contains(pool))
            {
                check.Report(
                    $"$.reservations[{reservations.Count}].pool", item.GetProperty("pool"),
                    "the name of a pool in $.pools");
            }

            reservations.Add(new ScenarioReservation(
                pool, item.Whole("atSeconds"), item.Whole("durationSeconds"), item.Whole("slots"),
                item.Whole("takesPerMinute", 0)));
        }

        return reservations;
    }

    public HealthSettings Health()
    {
        HealthSettings d = HealthSettings.None;
        if (!root.TryGetProperty("health", out JsonElement health))
        {
            return d;
        }

        HealthSettings settings = new(
            health.Real("share"), health.Real("goodMargin", d.GoodMargin), health.Real("badMargin", d.BadMargin),
            health.Real("falseAlarm", d.FalseAlarm), health.Real("missedAlarm", d.MissedAlarm));
        if (settings.BadMargin <= settings.GoodMargin)
        {
            check.Report(
                "$.health.badMargin", JsonFields.Format(settings.BadMargin),
                $"above goodMargin ({JsonFields.Format(settings.GoodMargin)})");
        }

        return settings;
    }

    public PlannerSettings Planner()
    {
        PlannerSettings d = PlannerSettings.Fixed;
        if (!root.TryGetProperty("planner", out JsonElement planner))
        {
            return d;
        }

        PlannerSettings settings = new(
            planner.Real("periodSeconds", d.PeriodSeconds), planner.Text("site", d.Site),
            planner.Real("forecastSeconds", d.ForecastSeconds), planner.Real("missCost", d.MissCost));
        if (settings.PeriodSeconds > 0.0 && settings.PeriodSeconds < ScenarioFormat.LeastPeriodSeconds)
        {
            check.Report(
                "$.planner.periodSeconds", JsonFields.Format(settings.PeriodSeconds),
                $"0 for one plan, or at least {JsonFields.Format(ScenarioFormat.LeastPeriodSeconds)}");
        }

        if (settings.Site.Length > 0 && !sites.Has(settings.Site))
        {
            check.Report("$.planner.site", planner.GetProperty("site"), "the name of a site in $.sites");
        }

        return settings;
    }
}
