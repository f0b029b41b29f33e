using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Pqms.Ethereum.Generators;

namespace Pqms.Ethereum.Tests.Generators;

/// <summary>Runs the generator as the compiler does, and compiles what it made against the real client.</summary>
internal sealed class GeneratorHarness
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll" or "Pqms.Ethereum.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly List<AdditionalText> _files;
    private GeneratorDriver _driver;
    private Compilation _compilation;

    public GeneratorHarness(params (string Path, string Text)[] files)
    {
        _compilation = CSharpCompilation.Create(
            "Sample",
            [],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                checkOverflow: true));
        _files = [.. files.Select(file => new MemoryText(file.Path, file.Text))];
        _driver = CSharpGeneratorDriver.Create(
            [new AbiGenerator().AsSourceGenerator()],
            _files,
            CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest),
            new Options(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
    }

    public static GeneratorHarness Of(string abi, string bytecode = "0x") =>
        new(("Sample.abi.json", Wrap("Sample", abi, bytecode)));

    public static string Wrap(string name, string abi, string bytecode = "0x") =>
        $$"""{"contractName": "{{name}}", "abi": [{{abi}}], "bytecode": "{{bytecode}}", "deployedSize": 0}""";

    public GeneratorRunResult Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        return _driver.GetRunResult().Results.Single();
    }

    public void AddSource(string code) => _compilation = _compilation.AddSyntaxTrees(
        CSharpSyntaxTree.ParseText(code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest)));

    public void ReplaceFile(string path, string text)
    {
        var old = _files.Single(file => file.Path == path);
        var now = new MemoryText(path, text);
        _files[_files.IndexOf(old)] = now;
        _driver = _driver.ReplaceAdditionalText(old, now);
    }

    /// <summary>Compiles with the generated code; no error or warning is allowed. Then runs Probe.Run().</summary>
    public object? Probe(string body)
    {
        AddSource($$"""
            using System;
            using Pqms.Ethereum;
            using Pqms.Ethereum.Abi;
            using Pqms.Ethereum.Rpc;
            using Root.Contracts;
            public static class Probe { public static object? Run() { {{body}} } }
            """);
        var assembly = Compile();
        try
        {
            return assembly.GetType("Probe")!.GetMethod("Run")!.Invoke(null, null);
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }

    public Assembly Compile()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        using var image = new MemoryStream();
        var result = output.Emit(image);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8019"));
        return Assembly.Load(image.ToArray());
    }

    private sealed class MemoryText(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = "Root";
                return key == "build_property.RootNamespace";
            }
        }
    }
}
