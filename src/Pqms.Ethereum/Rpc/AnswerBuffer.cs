using System.Buffers;

namespace Pqms.Ethereum.Rpc;

/// <summary>An answer's bytes in a rented buffer, never more than allowed whoever sends them.</summary>
internal sealed class AnswerBuffer : IDisposable
{
    // Most answers are a quantity or a hash.
    private const int FirstSize = 4 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;

    private AnswerBuffer()
    {
    }

    /// <summary>Whether more came than is allowed; the rest wasn't read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>What came. Not to be used after disposing.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    public static async Task<AnswerBuffer> ReadAsync(
        HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var answer = new AnswerBuffer();
        try
        {
            if (content.Headers.ContentLength > maxBytes)
            {
                answer.IsTooLong = true;
                return answer;
            }

            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            await answer.FillAsync(stream, maxBytes, cancellationToken);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        while (await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken) is var read and > 0)
        {
            _length += read;
            if (_length > maxBytes)
            {
                IsTooLong = true;
                return;
            }

            if (_length == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(2 * _length);
                _buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }
        }
    }
}
