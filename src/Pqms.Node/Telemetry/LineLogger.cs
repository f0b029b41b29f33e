using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Pqms.Node.Telemetry;

/// <summary>How a log line looks.</summary>
public enum LogFormat
{
    /// <summary>The message alone, for people.</summary>
    Text,

    /// <summary>One JSON object a line: time (UTC, of this machine), level, event, message and its values by
    /// name.</summary>
    Json,
}

/// <summary>Writes log lines where progress is written.</summary>
/// <param name="write">Receives one line at a time; called from any thread.</param>
/// <param name="format">How a line looks.</param>
/// <param name="clock">Dates the JSON lines.</param>
public sealed class LineLogger(Action<string> write, LogFormat format, TimeProvider clock) : ILogger
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var message = formatter(state, exception);
            write(format == LogFormat.Text ? message : Line(logLevel, eventId, state, message));
        }
    }

    /// <summary>Logs one line that has no values of its own.</summary>
    /// <param name="line">The line.</param>
    public void Say(string line) => Log(LogLevel.Information, default, line, null, static (text, _) => text);

    private string Line<TState>(LogLevel level, EventId id, TState state, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow());
            json.WriteString("level", level.ToString());
            json.WriteString("event", id.Name ?? "Note");
            json.WriteString("message", message);
            WriteValues(json, state as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (name, value) in values)
        {
            if (name == "{OriginalFormat}")
            {
                continue;
            }

            json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(name));
            switch (value)
            {
                case ulong number:
                    json.WriteNumberValue(number);
                    break;
                case int number:
                    json.WriteNumberValue(number);
                    break;
                default:
                    json.WriteStringValue(value?.ToString());
                    break;
            }
        }
    }
}
