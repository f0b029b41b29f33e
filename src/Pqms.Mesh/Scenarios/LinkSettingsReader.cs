using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads what a link has beside its ends and its length.</summary>
internal static class LinkSettingsReader
{
    public static LinkSettings Read(FormatCheck check, JsonElement item, string path)
    {
        LinkKind kind = item.Choice<LinkKind>("kind");
        LinkFields.Rules.Check(check, path, item, kind);
        LinkSettings settings = ToSettings(item, kind);
        if (settings.Pass is { } pass)
        {
            CheckPass(check, path, pass);
        }

        if (kind == LinkKind.Slotted)
        {
            CheckMean(check, path, item, settings.SlotSeconds / settings.DutyCycle);
        }

        return settings;
    }

    /// <summary>Bounds the mean time between successes of slots: a geometric draw reaches 36.8 means, like an
    /// exponential one.</summary>
    public static void CheckMean(FormatCheck check, string path, JsonElement item, double slotSeconds)
    {
        if (item.TryGetProperty("probability", out JsonElement probability)
            && slotSeconds / probability.GetDouble() > ScenarioFormat.MaxMeanSeconds)
        {
            check.Report(
                $"{path}.probability", probability,
                $"at least slotSeconds / {JsonFields.Format(ScenarioFormat.MaxMeanSeconds)}");
        }
    }

    private static LinkSettings ToSettings(JsonElement item, LinkKind kind)
    {
        LinkSettings d = LinkSettings.Default;
        bool hasTransducer = item.TryGetProperty("transducer", out JsonElement transducer);
        return new LinkSettings
        {
            Kind = kind,
            Fidelity = item.RealOrNull("fidelity"),
            Memories = item.WholeOrNull("memories"),
            DutyCycle = item.Real("dutyCycle", d.DutyCycle),
            Vqn = item.Text("vqn", d.Vqn),
            TransducerEfficiency = hasTransducer ? transducer.Real("efficiency") : null,
            TransducerWerner = hasTransducer ? transducer.Real("werner", d.TransducerWerner) : d.TransducerWerner,
            RatePerSecond = item.Real("ratePerSecond", d.RatePerSecond),
            SlotSeconds = item.Real("slotSeconds", d.SlotSeconds),
            Probability = item.Real("probability", d.Probability),
            BrightPopulation = item.Real("brightPopulation", d.BrightPopulation),
            Visibility = item.Real("visibility", d.Visibility),
            DarkCountProbability = item.Real("darkCountProbability", d.DarkCountProbability),
            FreeSpace = ToFreeSpace(item),
            Pass = item.TryGetProperty("pass", out JsonElement pass)
                ? new PassWindow(
                    pass.Real("periodSeconds"), pass.Real("upSeconds"), pass.Real("offsetSeconds", 0.0))
                : null,
        };
    }

    private static FreeSpaceSettings? ToFreeSpace(JsonElement item) =>
        item.TryGetProperty("freeSpace", out JsonElement optics)
            ? new FreeSpaceSettings(
                optics.Real("wavelengthMeters"), optics.Real("waistMeters"), optics.Real("receiverRadiusMeters"),
                optics.Real("armMeters"), optics.Real("zenithDegrees", 0.0), optics.Real("zenithTransmission", 1.0),
                optics.Real("jitterRadians", 0.0))
            : null;

    private static void CheckPass(FormatCheck check, string path, PassWindow pass)
    {
        string period = JsonFields.Format(pass.PeriodSeconds);
        if (pass.UpSeconds > pass.PeriodSeconds)
        {
            check.Report(
                $"{path}.pass.upSeconds", JsonFields.Format(pass.UpSeconds), $"at most periodSeconds ({period})");
        }

        if (pass.OffsetSeconds >= pass.PeriodSeconds)
        {
            check.Report(
                $"{path}.pass.offsetSeconds", JsonFields.Format(pass.OffsetSeconds), $"below periodSeconds ({period})");
        }
    }
}
