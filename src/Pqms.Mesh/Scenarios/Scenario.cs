namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Everything that defines one run of the mesh besides the commands: topology, hardware, pools, seed.
/// </summary>
/// <remarks>
/// Immutable once read. <see cref="ScenarioReader"/> is the only checked way from text to this type; a scenario built
/// by hand (tests) is not checked. Sites, links and pools keep the order of the file: their 1-based positions are the
/// ids that the ledger registers.
/// </remarks>
/// <param name="Name">Short name, also the file's name without its extension.</param>
/// <param name="Description">One or two sentences for people; not read by the mesh.</param>
/// <param name="Seed">Key of all random draws of the run.</param>
/// <param name="WarmUpSeconds">How long before the era's start mesh time begins, in s; 600 unless given.</param>
/// <param name="BlockSeconds">Block interval of the chain the scenario is planned for, in s; 1 unless given.</param>
/// <param name="ProfileName">Name of the profile in use; equals the name of <paramref name="Profile"/>.</param>
/// <param name="Profile">Figures of the hardware at every site and link.</param>
/// <param name="Sites">End nodes with coordinates; inserted repeaters are not among them.</param>
/// <param name="Links">Links between sites, before fibres are split by repeaters.</param>
/// <param name="Pools">Hot-standby pools between two sites each.</param>
/// <param name="RepeaterEveryMeters">
/// Longest span between neighbouring repeaters of a split fibre; 75,000 m unless given.
/// </param>
/// <param name="SplitAboveMeters">Fibres longer than this are split; 80,000 m unless given.</param>
public sealed record Scenario(
    string Name,
    string Description,
    ulong Seed,
    int WarmUpSeconds,
    int BlockSeconds,
    string ProfileName,
    HardwareProfile Profile,
    IReadOnlyList<ScenarioSite> Sites,
    IReadOnlyList<ScenarioLink> Links,
    IReadOnlyList<ScenarioPool> Pools,
    double RepeaterEveryMeters,
    double SplitAboveMeters)
{
    /// <summary>All profiles in file order, for sites that have another than the scenario's.</summary>
    public IReadOnlyList<HardwareProfile> Profiles { get; init; } = [Profile];

    /// <summary>What breaks during the run, in file order.</summary>
    public IReadOnlyList<ScenarioFault> Faults { get; init; } = [];

    /// <summary>Reservations that the scenario asks for itself, in file order.</summary>
    public IReadOnlyList<ScenarioReservation> Reservations { get; init; } = [];

    /// <summary>Bell tests of all pools.</summary>
    public HealthSettings Health { get; init; } = HealthSettings.None;

    /// <summary>The slow loop of control.</summary>
    public PlannerSettings Planner { get; init; } = PlannerSettings.Fixed;

    /// <summary>The hardware of a site; inserted repeaters have the scenario's.</summary>
    /// <param name="siteIndex">Position in the network: the scenario's sites come first.</param>
    internal HardwareProfile ProfileOf(int siteIndex)
    {
        string name = siteIndex < Sites.Count ? Sites[siteIndex].Profile : "";
        foreach (HardwareProfile profile in Profiles)
        {
            if (string.Equals(profile.Name, name, StringComparison.Ordinal))
            {
                return profile;
            }
        }

        return Profile;
    }
}

/// <summary>An end node: a place with storage memories where users take pairs.</summary>
/// <param name="Name">Unique name of 1 to 64 characters without '~' and '#', which mark inserted repeaters.</param>
/// <param name="Latitude">Degrees north, in [-90, 90]; 0 when the file gives none.</param>
/// <param name="Longitude">Degrees east, in [-180, 180]; 0 when the file gives none.</param>
public sealed record ScenarioSite(string Name, double Latitude, double Longitude)
{
    /// <summary>Name of the site's profile; empty for the scenario's.</summary>
    public string Profile { get; init; } = "";

    /// <summary>Virtual quantum network of the site; empty when all may swap here.</summary>
    public string Vqn { get; init; } = "";

    /// <summary>Whether pairs of other virtual quantum networks may be swapped here.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Energy store; null for mains.</summary>
    public BatterySettings? Battery { get; init; }
}

/// <summary>A physical channel between two sites.</summary>
/// <param name="A">Name of one end.</param>
/// <param name="B">Name of the other end.</param>
/// <param name="LengthMeters">
/// Length in m: of a fibre the great circle times the scenario's fibre factor unless given, of a free-space link both
/// arms, of an abstract link 0.
/// </param>
public sealed record ScenarioLink(string A, string B, double LengthMeters)
{
    /// <summary>How its pairs are made.</summary>
    public LinkSettings Settings { get; init; } = LinkSettings.Default;
}

/// <summary>A hot-standby pool: the stock of end-to-end pairs between two sites at one class of fidelity.</summary>
/// <param name="Name">Unique name, for example "berlin-muenchen".</param>
/// <param name="A">Name of the site on the A side.</param>
/// <param name="B">Name of the site on the B side.</param>
/// <param name="ClassName">Class of the pool, for example "standard"; see <see cref="FidelityClasses"/>.</param>
/// <param name="FidelityFloor">
/// Least estimate of a pair that a reservation may take, in (0.5, 1). With <see cref="CutOffKind.Floor"/> a standing
/// pair that reaches it is discarded; the other cut-offs keep pairs below it.
/// </param>
/// <param name="Slots">
/// Planned standing slots, 1 to 32,767; they size the stock target K = ceil(stock factor x slots).
/// </param>
/// <param name="PricePerSlotSecondWei">Price of one slot for one second, in wei.</param>
public sealed record ScenarioPool(
    string Name,
    string A,
    string B,
    string ClassName,
    double FidelityFloor,
    int Slots,
    ulong PricePerSlotSecondWei)
{
    /// <summary>How the pool is run.</summary>
    public PoolSettings Settings { get; init; } = PoolSettings.Default;
}
