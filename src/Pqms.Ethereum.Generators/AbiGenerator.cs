using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Pqms.Ethereum.Generators.Emit;
using Pqms.Ethereum.Generators.Model;

namespace Pqms.Ethereum.Generators;

/// <summary>Makes typed contract calls, events, errors and structs from the project's <c>*.abi.json</c> additional
/// files.</summary>
/// <remarks>
/// A file is <c>{"contractName", "abi": […], "bytecode": "0x…"}</c>. The code goes into the namespace
/// <c>RootNamespace.Contracts</c> and uses no reflection. A file that can't be used is reported as ETHABI001.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class AbiGenerator : IIncrementalGenerator
{
    internal const string ParseStep = "AbiParse";
    internal const string StructStep = "AbiStructs";
    internal const string ContractStep = "AbiContract";

    private const string Suffix = ".abi.json";

    private static readonly DiagnosticDescriptor BrokenFile = new(
        "ETHABI001",
        "A contract ABI file cannot be used",
        "{0}: {1}",
        "Pqms.Ethereum",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            .Select(static (text, cancel) => AbiParser.ParseFile(text.Path, text.GetText(cancel)?.ToString()))
            .WithTrackingName(ParseStep);
        var root = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) =>
                options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var name) ? name : string.Empty)
            .Combine(context.CompilationProvider.Select(static (code, _) => code.AssemblyName ?? "Generated"))
            .Select(static (pair, _) => pair.Left.Length > 0 ? pair.Left : pair.Right);
        var shared = files.Collect().Select(static (all, _) => SharedNames.Of(all)).WithTrackingName(StructStep);
        context.RegisterSourceOutput(
            shared.Combine(root), static (output, pair) => EmitShared(output, pair.Left, pair.Right));
        var contracts = files
            .Combine(shared.Select(static (names, _) => names.Doubles))
            .Combine(root)
            .WithTrackingName(ContractStep);
        context.RegisterSourceOutput(
            contracts, static (output, item) => EmitContract(output, item.Left.Left, item.Left.Right, item.Right));
    }

    private static void EmitContract(
        SourceProductionContext output, AbiFile file, EquatableArray<string> doubles, string rootNamespace)
    {
        if (file.Contract is null)
        {
            Report(output, file.Path, file.FaultPosition, file.Fault!);
        }
        else if (doubles.Contains(file.Contract.Name, StringComparer.OrdinalIgnoreCase))
        {
            Report(output, file.Path, default, "another file holds a contract " + file.Contract.Name + " too");
        }
        else
        {
            Add(output, file.Contract.Name + "Contract.g.cs", ContractEmitter.Emit(file.Contract, rootNamespace));
        }
    }

    private static void EmitShared(SourceProductionContext output, SharedNames names, string rootNamespace)
    {
        foreach (var conflict in names.Conflicts)
        {
            Report(output, conflict.Path, default, conflict.Fault!);
        }

        if (names.Structs.Count > 0)
        {
            Add(output, "Structs.g.cs", ContractEmitter.EmitStructs(names.Structs, rootNamespace));
        }
    }

    private static void Add(SourceProductionContext output, string name, string text) =>
        output.AddSource(name, SourceText.From(text, Encoding.UTF8));

    private static void Report(SourceProductionContext output, string path, LinePosition position, string fault)
    {
        var location = Location.Create(path, default, new LinePositionSpan(position, position));
        output.ReportDiagnostic(Diagnostic.Create(BrokenFile, location, Path.GetFileName(path), fault));
    }

    /// <summary>What all files share: structs by name, names that clash.</summary>
    private sealed record SharedNames(
        EquatableArray<AbiStruct> Structs, EquatableArray<AbiFile> Conflicts, EquatableArray<string> Doubles)
    {
        public static SharedNames Of(ImmutableArray<AbiFile> files)
        {
            var structs = new SortedDictionary<string, AbiStruct>(StringComparer.Ordinal);
            var conflicts = new List<AbiFile>();
            var classes = new HashSet<string>(
                files.Where(static file => file.Contract is not null)
                    .Select(static file => ContractEmitter.ClassName(file.Contract!)),
                StringComparer.Ordinal);
            foreach (var file in files.Where(static file => file.Contract is not null))
            {
                foreach (var item in file.Contract!.Structs)
                {
                    if (classes.Contains(item.Name))
                    {
                        conflicts.Add(new AbiFile(
                            file.Path, null, default, "struct " + item.Name + " has the name of a contract's class"));
                    }
                    else if (structs.TryGetValue(item.Name, out var known) && !known.Equals(item))
                    {
                        conflicts.Add(new AbiFile(
                            file.Path, null, default, "struct " + item.Name + " has other members in another file"));
                    }
                    else
                    {
                        structs[item.Name] = item;
                    }
                }
            }

            var doubles = files.Where(static file => file.Contract is not null)
                .GroupBy(static file => file.Contract!.Name, StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Count() > 1)
                .Select(static group => group.Key);
            return new SharedNames(
                new EquatableArray<AbiStruct>(structs.Values),
                new EquatableArray<AbiFile>(conflicts),
                new EquatableArray<string>(doubles));
        }
    }
}
