using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Pqms.Ethereum.Generators.Json;

/// <summary>A strict RFC 8259 reader. Own code, because an analyzer that drags in packages fails to load in some
/// compilers.</summary>
internal sealed class JsonReader
{
    /// <summary>Nesting bound: a recursive reader must refuse before the compiler's stack ends. ABI files use about
    /// 12.</summary>
    private const int MaxDepth = 64;

    private readonly string _text;
    private int _position;
    private readonly List<string> _path = new() { "$" };
    private int _line;
    private int _lineStart;
    private int _depth;

    private JsonReader(string text) => _text = text;

    /// <exception cref="AbiFileException">The text is not one well-formed JSON value.</exception>
    public static JsonValue Parse(string text)
    {
        var reader = new JsonReader(text);
        reader.SkipWhitespace();
        var value = reader.ReadValue();
        reader.SkipWhitespace();
        return reader._position == text.Length ? value : throw reader.Error("text after the end of the JSON value");
    }

    private JsonPlace Here => new(new LinePosition(_line, _position - _lineStart), string.Concat(_path));

    private JsonValue ReadInside(string step)
    {
        _path.Add(step);
        var value = ReadValue();
        _path.RemoveAt(_path.Count - 1);
        return value;
    }

    private JsonValue ReadValue()
    {
        var first = Peek();
        if (first != '{' && first != '[')
        {
            return first == '"' ? new JsonString(Here, ReadString()) : ReadLiteral();
        }

        if (++_depth > MaxDepth)
        {
            throw Error("nested deeper than " + MaxDepth + " levels");
        }

        JsonValue value = first == '{' ? ReadObject() : ReadArray();
        _depth--;
        return value;
    }

    private JsonObject ReadObject()
    {
        var place = Here;
        var members = new Dictionary<string, JsonValue>(System.StringComparer.Ordinal);
        Expect('{');
        if (TryClose('}'))
        {
            return new JsonObject(place, members);
        }

        do
        {
            SkipWhitespace();
            if (Peek() != '"')
            {
                throw Error("a member name in quotes was expected");
            }

            var name = ReadString();
            SkipWhitespace();
            Expect(':');
            SkipWhitespace();
            if (members.ContainsKey(name))
            {
                throw Error("the member \"" + name + "\" appears twice");
            }

            members.Add(name, ReadInside("." + name));
        }
        while (TryComma('}'));
        return new JsonObject(place, members);
    }

    private JsonArray ReadArray()
    {
        var place = Here;
        var items = new List<JsonValue>();
        Expect('[');
        if (TryClose(']'))
        {
            return new JsonArray(place, items);
        }

        do
        {
            SkipWhitespace();
            items.Add(ReadInside("[" + items.Count.ToString(CultureInfo.InvariantCulture) + "]"));
        }
        while (TryComma(']'));
        return new JsonArray(place, items);
    }

    private bool TryClose(char close)
    {
        SkipWhitespace();
        if (Peek() != close)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool TryComma(char close)
    {
        if (TryClose(close))
        {
            return false;
        }

        Expect(',');
        return true;
    }

    private string ReadString()
    {
        Expect('"');
        var start = _position;
        while (_position < _text.Length && _text[_position] is not ('"' or '\\') && _text[_position] >= ' ')
        {
            _position++;
        }

        if (_position < _text.Length && _text[_position] == '"')
        {
            return _text.Substring(start, _position++ - start);
        }

        var builder = new StringBuilder(_text, start, _position - start, 256);
        while (Peek() != '"')
        {
            var next = _text[_position++];
            if (next < ' ')
            {
                throw Error("a control character inside a string");
            }

            builder.Append(next == '\\' ? ReadEscape() : next);
        }

        _position++;
        return builder.ToString();
    }

    private char ReadEscape()
    {
        var kind = Peek();
        _position++;
        switch (kind)
        {
            case '"' or '\\' or '/': return kind;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                if (_position + 4 <= _text.Length && TryHex(_text.Substring(_position, 4), out var code))
                {
                    _position += 4;
                    return (char)code;
                }

                throw Error("\\u needs four hexadecimal digits");
            default: throw Error("unknown escape \\" + kind);
        }
    }

    private JsonLiteral ReadLiteral()
    {
        var place = Here;
        var start = _position;
        while (_position < _text.Length
            && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '-' or '+' or '.'))
        {
            _position++;
        }

        var text = _text.Substring(start, _position - start);
        return text is "true" or "false" or "null" || IsNumber(text)
            ? new JsonLiteral(place, text)
            : throw Error(text.Length == 0 ? "a value was expected" : "\"" + text + "\" is no JSON value");
    }

    // RFC 8259 allows a minus before a number, no plus.
    private static bool IsNumber(string text)
    {
        var digits = text.StartsWith("-", System.StringComparison.Ordinal) ? text.Substring(1) : text;
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, style, CultureInfo.InvariantCulture, out _);
    }

    private static bool TryHex(string digits, out ushort code) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);

    private void SkipWhitespace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            if (_text[_position++] == '\n')
            {
                _line++;
                _lineStart = _position;
            }
        }
    }

    private char Peek() => _position < _text.Length ? _text[_position] : throw Error("the text ends too early");

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
        {
            throw Error("'" + wanted + "' was expected instead of '" + _text[_position] + "'");
        }

        _position++;
    }

    private AbiFileException Error(string reason) => new(Here, reason);
}
