namespace Pqms.Mesh.Import;

/// <summary>What one word of a GML text is.</summary>
internal enum GmlTokenKind
{
    End,
    Key,
    Number,
    Text,
    Open,
    Close,
    Wrong,
}

/// <summary>Splits a GML text into words (Himsolt, GML: A portable Graph File Format, University of Passau,
/// 1997).</summary>
/// <remarks>Each character is looked at once. Quoted texts may hold line ends; '#' begins a comment up to the line's
/// end.</remarks>
internal sealed class GmlTokenizer(string text)
{
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;
    private int _line = 1;

    public GmlTokenKind Kind { get; private set; }

    /// <summary>The word; a quoted text without its quotes, entities as written.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Line on which the word begins, from 1.</summary>
    public int Line { get; private set; } = 1;

    public GmlTokenKind Next()
    {
        SkipBlanks();
        Line = _line;
        (Kind, Text) = _at >= text.Length ? (GmlTokenKind.End, "(end of text)") : Read();
        return Kind;
    }

    private (GmlTokenKind Kind, string Text) Read()
    {
        switch (text[_at])
        {
            case '[':
                _at++;
                return (GmlTokenKind.Open, "[");
            case ']':
                _at++;
                return (GmlTokenKind.Close, "]");
            case '"':
                return ReadText();
            default:
                return ReadWord();
        }
    }

    private void SkipBlanks()
    {
        bool isComment = false;
        while (_at < text.Length && (isComment || char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
        {
            isComment = (isComment || text[_at] == '#') && text[_at] != '\n';
            _line += text[_at++] == '\n' ? 1 : 0;
        }
    }

    private (GmlTokenKind Kind, string Text) ReadText()
    {
        int start = ++_at;
        while (_at < text.Length && text[_at] != '"')
        {
            _line += text[_at++] == '\n' ? 1 : 0;
        }

        string found = text[start.._at];
        return _at++ < text.Length ? (GmlTokenKind.Text, found) : (GmlTokenKind.Wrong, '"' + found);
    }

    private (GmlTokenKind Kind, string Text) ReadWord()
    {
        int start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('[' or ']' or '"' or '#'))
        {
            _at++;
        }

        string word = text[start.._at];
        return (KindOf(word), word);
    }

    private static GmlTokenKind KindOf(string word)
    {
        if (word.Length > ImportLimits.MaxWordCharacters)
        {
            return GmlTokenKind.Wrong;
        }

        if (char.IsAsciiLetter(word[0]))
        {
            return word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? GmlTokenKind.Key : GmlTokenKind.Wrong;
        }

        return ImportNumber.TryReal(word, out _) ? GmlTokenKind.Number : GmlTokenKind.Wrong;
    }
}
