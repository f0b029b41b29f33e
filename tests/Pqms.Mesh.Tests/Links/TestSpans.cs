using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Tests.Links;

/// <summary>Spans built by hand.</summary>
internal static class TestSpans
{
    public static SpanFigures Attempts(double p, long roundNanoseconds)
    {
        LinkSettings link = new() { Kind = LinkKind.Slotted, Probability = p, SlotSeconds = roundNanoseconds * 1e-9 };
        return SpanFigures.Of(0.0, link, TestScenarios.Profile, TestScenarios.Profile);
    }

    public static SpanFigures Poisson(double ratePerSecond) => SpanFigures.Of(
        0.0,
        new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = ratePerSecond },
        TestScenarios.Profile,
        TestScenarios.Profile);

    public static LinkShareSettings Settings(
        ulong seed, ulong entity, int rounds = 0, PurificationRule rule = default, bool perAttempt = false) =>
        new(seed, entity, 500_000_000, 0.2, PauliMemory.Dephasing(900.0, 900.0), rounds, rule, perAttempt);
}
