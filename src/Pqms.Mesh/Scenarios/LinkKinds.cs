namespace Pqms.Mesh.Scenarios;

/// <summary>What follows from the kind of a link.</summary>
internal static class LinkKinds
{
    /// <summary>Whether pairs travel through fibre, which repeaters may split.</summary>
    public static bool IsFibre(LinkKind kind) =>
        kind is LinkKind.DoubleClick or LinkKind.BarrettKok or LinkKind.SingleClick;

    /// <summary>Whether the link is given by its rate alone, without length and light time.</summary>
    public static bool IsAbstract(LinkKind kind) => kind is LinkKind.Poisson or LinkKind.Slotted;

    /// <summary>Length of a link that is no fibre in m: both arms of a free-space link, 0 of an abstract one.</summary>
    public static double OwnLength(LinkSettings settings) => 2.0 * (settings.FreeSpace?.ArmMeters ?? 0.0);
}
