using System.Buffers.Binary;

namespace Pqms.Ethereum.Abi;

/// <content>Values with a block of their own: dynamic tuples and arrays.</content>
public sealed partial class AbiEncoder
{
    /// <summary>Appends a dynamic tuple, or any other value with a block of its own, to which an offset
    /// leads.</summary>
    /// <param name="body">Writes the block's members; offsets inside count from the block's start.</param>
    public void WriteDynamic(Action<AbiEncoder> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        WriteDynamic(body, static (encoder, write) => write(encoder));
    }

    /// <summary>As <see cref="WriteDynamic(Action{AbiEncoder})"/>, without a closure.</summary>
    /// <typeparam name="T">What the body needs.</typeparam>
    /// <param name="state">Handed to the body.</param>
    /// <param name="body">Writes the block's members.</param>
    public void WriteDynamic<T>(T state, Action<AbiEncoder, T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        WriteOffset();
        var child = BeginChild();
        body(child, state);
        child.CopyBlock(NextTail(child.Length));
    }

    /// <summary>Appends T[]: an offset in the head; the number of elements and the elements' block in the
    /// tail.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">The elements.</param>
    /// <param name="elementIsDynamic">
    /// Whether the element's type is dynamic. True: each item gets a block of its own and <paramref name="writeItem"/>
    /// writes that block's members (a tuple). Elements that write their own offset (bytes, string, arrays): false.
    /// </param>
    /// <param name="writeItem">Writes one element.</param>
    public void WriteArray<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(writeItem);
        WriteOffset();
        var child = BeginChild();
        child.WriteItems(items, elementIsDynamic, writeItem);
        var block = NextTail(WordSize + child.Length);
        BinaryPrimitives.WriteInt32BigEndian(block[28..], items.Count);
        child.CopyBlock(block[WordSize..]);
    }

    /// <summary>Appends T[k]. With a static element the elements stand in the head, else in a block of their
    /// own.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">The elements; the caller answers for their number.</param>
    /// <param name="elementIsDynamic">
    /// Whether each item gets a block of its own, as in <see cref="WriteArray"/>. For elements that write their own
    /// offset (bytes[2], string[3]) use <see cref="WriteDynamic(Action{AbiEncoder})"/> round the elements.
    /// </param>
    /// <param name="writeItem">Writes one element.</param>
    public void WriteFixedArray<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(writeItem);
        if (!elementIsDynamic)
        {
            WriteItems(items, elementIsDynamic, writeItem);
            return;
        }

        WriteOffset();
        var child = BeginChild();
        child.WriteItems(items, elementIsDynamic, writeItem);
        child.CopyBlock(NextTail(child.Length));
    }

    private void WriteItems<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        if (items is T[] array)
        {
            WriteItems(array.AsSpan(), elementIsDynamic, writeItem);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            WriteItems([items[i]], elementIsDynamic, writeItem);
        }
    }

    private void WriteItems<T>(ReadOnlySpan<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        foreach (var item in items)
        {
            if (elementIsDynamic)
            {
                WriteDynamic(item, writeItem);
            }
            else
            {
                writeItem(this, item);
            }
        }
    }

    private AbiEncoder BeginChild()
    {
        _child ??= new AbiEncoder();
        _child.Clear();
        return _child;
    }
}
