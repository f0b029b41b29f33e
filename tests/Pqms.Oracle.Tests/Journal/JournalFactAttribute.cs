using Pqms.Tests;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Pqms.Oracle.Tests.Journal;

/// <summary>A fact of a journal's store; left out, with the reason, where the store's server is not
/// installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    "Pqms.Oracle.Tests.Journal." + nameof(JournalFactDiscoverer), "Pqms.Oracle.Tests")]
public sealed class JournalFactAttribute : FactAttribute;

/// <summary>Skips by the class that runs a test, which the attribute of an inherited method cannot see.</summary>
public sealed class JournalFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        bool needsServer = testMethod.TestClass.Class.Name.Contains("Postgres", StringComparison.Ordinal);
        return needsServer && PostgresServer.SkipReason is { } reason
            ? new SkippedTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
    }
}

/// <summary>A test that says why it is not run.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    private string? _reason;

    [Obsolete("Called by the deserializer only.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method,
        string reason)
        : base(messages, display, options, method) => _reason = reason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(_reason), _reason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);
        _reason = data.GetValue<string>(nameof(_reason));
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        _reason ?? PostgresServer.SkipReason ?? string.Empty;
}
