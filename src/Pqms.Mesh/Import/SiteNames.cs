namespace Pqms.Mesh.Import;

/// <summary>Gives every site a name that a scenario accepts and no other site has.</summary>
internal static class SiteNames
{
    // Room for " 10000": more sites than that do not exist.
    private const int StemCharacters = ImportLimits.MaxNameCharacters - 6;

    /// <summary>Sites with their final names as labels.</summary>
    public static IReadOnlyList<ImportedSite> Clean(IReadOnlyList<ImportedSite> sites, List<ImportNote> notes)
    {
        var byId = new NoteCounter(ImportNoteKind.NamedById, "sites without a label named by their id");
        var changed = new NoteCounter(
            ImportNoteKind.NameChanged, "names with '~', '#', control characters or over 64 characters changed");
        var numbered = new NoteCounter(
            ImportNoteKind.NameNumbered, "sites whose name another site has got a number");
        string[] names = new string[sites.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string name = ImportText.SiteName(sites[i].Label);
            if (name.Length == 0)
            {
                name = FromId(sites[i].SourceId);
                byId.Add(name);
            }
            else if (name != sites[i].Label)
            {
                changed.Add(name);
            }

            names[i] = name;
        }

        MakeUnique(names, numbered);
        byId.AppendTo(notes);
        changed.AppendTo(notes);
        numbered.AppendTo(notes);
        return [.. sites.Select((site, i) => site with { Label = names[i] })];
    }

    private static string FromId(string id)
    {
        string name = ImportText.SiteName(id);
        return name.Length == 0 ? "site" : name;
    }

    // The first bearer keeps the name; the counter of a stem never goes back, so all names together take linear time.
    private static void MakeUnique(string[] names, NoteCounter numbered)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        bool[] isFirst = new bool[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            isFirst[i] = taken.Add(names[i]);
        }

        var counters = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (isFirst[i])
            {
                continue;
            }

            string stem = ImportText.Cut(names[i], StemCharacters);
            int number = counters.GetValueOrDefault(stem, 1);
            do
            {
                number++;
                names[i] = $"{stem} {number}";
            }
            while (!taken.Add(names[i]));

            counters[stem] = number;
            numbered.Add(names[i]);
        }
    }
}
