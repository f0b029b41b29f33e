using System.Text.Json;
using Pqms.Physics.Purification;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads what a pool has beside its ends, class and slots.</summary>
internal static class PoolSettingsReader
{
    public static PoolSettings Read(FormatCheck check, JsonElement item, string path)
    {
        PoolSettings d = PoolSettings.Default;
        (CutOffKind cutOff, double cutOffSeconds) = CutOff(check, item, path);
        return new PoolSettings
        {
            Mode = item.Choice<PoolMode>("mode"),
            Order = item.Choice<TakeOrder>("order"),
            CutOff = cutOff,
            CutOffSeconds = cutOffSeconds,
            Places = item.WholeOrNull("places"),
            SwapOrder = item.Choice<SwapOrder>("swapOrder"),
            Purify = ToPurify(item),
            Demand = Demand(check, item, path),
            Vqn = item.Text("vqn", d.Vqn),
            Weight = item.Real("weight", d.Weight),
            Gate = item.Flag("gate"),
            TakeSeconds = item.Real("takeSeconds", d.TakeSeconds),
            PathMemories = item.Whole("pathMemories", d.PathMemories),
            BackupRoutes = item.Whole("backupRoutes", d.BackupRoutes),
        };
    }

    private static (CutOffKind Kind, double Seconds) CutOff(FormatCheck check, JsonElement item, string path)
    {
        if (!item.TryGetProperty("cutOff", out JsonElement cutOff))
        {
            return (PoolSettings.Default.CutOff, PoolSettings.Default.CutOffSeconds);
        }

        CutOffKind kind = cutOff.Choice<CutOffKind>("kind");
        PoolFields.CutOffRules.Check(check, $"{path}.cutOff", cutOff, kind);
        return (kind, cutOff.Real("seconds", PoolSettings.Default.CutOffSeconds));
    }

    private static PurifySettings ToPurify(JsonElement item)
    {
        PurifySettings d = PurifySettings.None;
        return item.TryGetProperty("purify", out JsonElement purify)
            ? new PurifySettings(
                purify.Choice<PurificationProtocol>("protocol"),
                purify.Real("arrivalProbability", d.ArrivalProbability),
                purify.Whole("pumpingRounds", d.PumpingRounds),
                purify.Whole("linkRounds", d.LinkRounds))
            : d;
    }

    private static DemandSettings Demand(FormatCheck check, JsonElement item, string path)
    {
        DemandSettings d = DemandSettings.None;
        if (!item.TryGetProperty("demand", out JsonElement demand))
        {
            return d;
        }

        string at = $"{path}.demand";
        DemandSettings settings = new(
            demand.Choice<DemandKind>("kind"),
            demand.Real("ratePerSecond", d.RatePerSecond),
            demand.Real("slotSeconds", d.SlotSeconds),
            demand.Real("probability", d.Probability),
            demand.Flag("waits"),
            demand.Flag("probe"),
            demand.Whole("queueLimit", d.QueueLimit));
        PoolFields.DemandRules.Check(check, at, demand, settings.Kind);
        if (settings.Waits && settings.IsProbe)
        {
            check.Report($"{at}.probe", demand.GetProperty("probe"), "false with waits: a probe looks and goes");
        }

        if (!settings.Waits && demand.TryGetProperty("queueLimit", out JsonElement limit))
        {
            check.Report($"{at}.queueLimit", limit, "nothing unless waits is true");
        }

        if (settings.Kind == DemandKind.Slotted)
        {
            LinkSettingsReader.CheckMean(check, at, demand, settings.SlotSeconds);
        }

        return settings;
    }
}
