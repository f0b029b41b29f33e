using System.Reflection;
using System.Reflection.Emit;
using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Tests.Architecture;

/// <summary>Control, stock and links decide on estimates; true fidelities are read in one place only.</summary>
public sealed class TruthIsolationTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Theory]
    [InlineData(nameof(PairTruth.FidelityAt))]
    [InlineData(nameof(PairTruth.StateAt))]
    public void Reading_isDoneByTheTruthProbeOnly(string reader)
    {
        IEnumerable<string> callers = Calls()
            .Where(call => call.Callee.DeclaringType == typeof(PairTruth) && call.Callee.Name == reader)
            .Select(call => Owner(call.Caller)).Distinct();

        Assert.Equal([typeof(TruthProbe).FullName], callers);
    }

    [Fact]
    public void TruthProbe_isUsedByTheEngineOnly()
    {
        IEnumerable<string?> rooms = Calls()
            .Where(call => call.Callee.DeclaringType == typeof(TruthProbe))
            .Where(call => call.Caller.DeclaringType != typeof(TruthProbe))
            .Select(call => call.Caller.DeclaringType!.Namespace).Distinct();

        Assert.Equal(["Pqms.Mesh.Engine"], rooms);
    }

    [Theory]
    [InlineData("Pqms.Mesh.Control")]
    [InlineData("Pqms.Mesh.Energy")]
    [InlineData("Pqms.Mesh.Faults")]
    [InlineData("Pqms.Mesh.Health")]
    public void Room_neverMentionsTheTruth(string room)
    {
        Type[] truths = [typeof(PairTruth), typeof(TruthProbe), typeof(LinkTruth)];

        IEnumerable<(MethodBase Caller, MethodBase Callee)> calls = Calls()
            .Where(call => call.Caller.DeclaringType!.Namespace == room);
        IEnumerable<FieldInfo> fields = typeof(MeshEmulator).Assembly.GetTypes()
            .Where(type => type.Namespace == room).SelectMany(type => type.GetFields(All));

        Assert.DoesNotContain(calls, call => truths.Contains(call.Callee.DeclaringType));
        Assert.DoesNotContain(fields, field => truths.Contains(field.FieldType));
        Assert.NotEmpty(calls);
    }

    [Fact]
    public void Calls_seesTheCallsItMustSee() =>
        Assert.Contains(
            Calls(),
            call => call.Callee.Name == nameof(PairTruth.Heralded) && call.Caller.DeclaringType!.Name == "LinkShare");

    private static string Owner(MethodBase method) => method.DeclaringType!.FullName!;

    private static IEnumerable<(MethodBase Caller, MethodBase Callee)> Calls()
    {
        foreach (Type type in typeof(MeshEmulator).Assembly.GetTypes())
        {
            foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                foreach (MethodBase callee in CalleesOf(method))
                {
                    yield return (method, callee);
                }
            }
        }
    }

    private static IEnumerable<MethodBase> CalleesOf(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            short value = code[at] == 0xfe ? unchecked((short)(0xfe00 | code[at + 1])) : code[at];
            OpCode opCode = s_opCodes[value];
            at += opCode.Size;
            if (opCode.OperandType == OperandType.InlineMethod)
            {
                Type owner = method.DeclaringType!;
                Type[]? typeArguments = owner.IsGenericType ? owner.GetGenericArguments() : null;
                Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
                int token = BitConverter.ToInt32(code, at);
                yield return method.Module.ResolveMethod(token, typeArguments, methodArguments)!;
            }

            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
