namespace Pqms.Mesh;

/// <summary>Energy of one site of the network since mesh time began.</summary>
/// <param name="Name">The scenario's name, or that of an inserted repeater.</param>
/// <param name="Joules">
/// Energy used in J: its own power while it is on, half of every attempt on its spans, half of the upkeep of every pair
/// that it holds one half of.
/// </param>
/// <param name="IsOn">Whether it has power.</param>
/// <param name="StoredJoules">Energy in its store in J; null when it has none.</param>
public sealed record SiteStatistics(string Name, double Joules, bool IsOn, double? StoredJoules);
