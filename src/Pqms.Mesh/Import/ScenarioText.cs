using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Import;

/// <summary>Writes an imported scenario as JSON, one site, link, pool and reservation a line.</summary>
internal sealed class ScenarioText(
    ImportOptions options,
    ImportedTopology topology,
    IReadOnlyList<ScenarioLink> links,
    IReadOnlyList<ScenarioPool> pools,
    IReadOnlyList<ScenarioReservation> reservations,
    WorkloadTrace? trace)
{
    private const int LongestDescription = 1000;
    private const int LongestSource = 500;
    private const int LongestFileName = 100;

    /// <summary>The whole text, with a line end at its end.</summary>
    /// <param name="profileName">The profile in use.</param>
    /// <param name="profiles">JSON list of the profiles, taken over as it is.</param>
    public string Write(string profileName, string profiles)
    {
        var text = new StringBuilder("{\n");
        Field(text, "name", Quote(options.Name));
        Field(text, "description", Quote(ImportText.Line(Description(), LongestDescription)));
        Field(text, "coordinateSource", Quote(ImportText.Line(Source(), LongestSource)));
        Field(text, "seed", options.Seed.ToString());
        Field(text, "fibreFactor", Number(options.FibreFactor));
        Field(text, "repeaterEveryMeters", Number(options.RepeaterEveryMeters));
        Field(text, "splitAboveMeters", Number(options.SplitAboveMeters));
        Field(text, "profile", Quote(profileName));
        Field(text, "profiles", profiles);
        Field(text, "sites", List(topology.Sites.Select(site =>
            $"\"name\": {Quote(site.Label)}, \"latitude\": {Number(site.Latitude!.Value)}, "
            + $"\"longitude\": {Number(site.Longitude!.Value)}")));
        Field(text, "links", List(links.Select(link =>
            $"\"a\": {Quote(link.A)}, \"b\": {Quote(link.B)}{Length(link)}")));
        string list = List(pools.Select(pool =>
            $"\"name\": {Quote(pool.Name)}, \"a\": {Quote(pool.A)}, \"b\": {Quote(pool.B)}, "
            + $"\"class\": {Quote(pool.ClassName)}, \"slots\": {pool.Slots}, "
            + $"\"pricePerSlotSecondWei\": {pool.PricePerSlotSecondWei}"));
        Field(text, "pools", list, isLast: reservations.Count == 0);
        if (reservations.Count > 0)
        {
            string demand = List(reservations.Select(r =>
                $"\"pool\": {Quote(r.Pool)}, \"atSeconds\": {r.AtSeconds}, "
                + $"\"durationSeconds\": {r.DurationSeconds}, \"slots\": {r.Slots}, "
                + $"\"takesPerMinute\": {r.TakesPerMinute}"));
            Field(text, "reservations", demand, isLast: true);
        }

        return text.Append("}\n").ToString();
    }

    private string FileName => ImportText.Line(options.FileName, LongestFileName);

    private string Description()
    {
        string demand = trace is null
            ? ""
            : $" Demand: {reservations.Count} reservations made of {trace.Jobs.Count} jobs"
                + (trace.Origin.Length > 0 ? $" of {trace.Origin}." : ".");
        return $"Imported from {FileName}: {topology.Sites.Count} sites, {links.Count} links"
            + $"{(topology.Origin.ToString() is { Length: > 0 } origin ? $" ({origin})" : "")}.{demand}";
    }

    private string Source()
    {
        int placed = topology.Notes.Where(note => note.Kind == ImportNoteKind.SitePlaced).Sum(note => note.Count);
        string places = placed > 0 ? $"{placed} sites without coordinates at the mean of their neighbours; " : "";
        return $"{places}{FileName}: {topology.Origin}".TrimEnd(' ', ':');
    }

    private static string Length(ScenarioLink link) =>
        link.LengthMeters > 1.0 ? "" : $", \"lengthMeters\": {Number(link.LengthMeters)}";

    private static void Field(StringBuilder text, string name, string value, bool isLast = false) =>
        text.Append("  ").Append(Quote(name)).Append(": ").Append(value).Append(isLast ? "\n" : ",\n");

    private static string List(IEnumerable<string> items)
    {
        var text = new StringBuilder("[\n");
        string end = "";
        foreach (string item in items)
        {
            text.Append(end).Append("    { ").Append(item).Append(" }");
            end = ",\n";
        }

        return text.Append("\n  ]").ToString();
    }

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
