// Blanks out comments, strings and regular expressions of C#, Solidity and JavaScript, keeping line breaks, so that
// a brace counter sees code only. Not a parser: it knows just enough of the three languages.

/** The text with everything that is not code replaced by spaces. `language` is "cs", "sol" or "mjs". */
export function blankNonCode(text, language) {
  const scanner = { text, at: 0, out: [], language, code: "" };
  while (scanner.at < text.length) {
    scanOne(scanner);
  }
  return scanner.out.join("");
}

function scanOne(scanner) {
  const { text, at, language } = scanner;
  const two = text.slice(at, at + 2);
  if (two === "//") {
    blank(scanner, endOf(text, "\n", at));
  } else if (two === "/*") {
    blank(scanner, endOf(text, "*/", at + 2, 2));
  } else if (language === "cs" && scanCSharpString(scanner)) {
    return;
  } else if (text[at] === "`" && language === "mjs") {
    scanInterpolated(scanner, at + 1, "`", "${", true);
  } else if (text[at] === '"' || text[at] === "'") {
    blank(scanner, endOfQuoted(text, at));
  } else if (text[at] === "/" && language === "mjs" && startsRegex(scanner.code)) {
    blank(scanner, endOfRegex(text, at));
  } else {
    keep(scanner);
  }
}

function keep(scanner) {
  const character = scanner.text[scanner.at];
  scanner.out.push(character);
  scanner.code = (scanner.code + character).slice(-12);
  scanner.at += 1;
}

function blank(scanner, end) {
  scanner.out.push(scanner.text.slice(scanner.at, end).replace(/[^\n]/g, " "));
  scanner.code += '"';
  scanner.at = end;
}

function endOf(text, mark, from, length = 0) {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + length;
}

function endOfQuoted(text, at) {
  let end = at + 1;
  while (end < text.length && text[end] !== text[at] && text[end] !== "\n") {
    end += text[end] === "\\" ? 2 : 1;
  }
  return Math.min(end + 1, text.length);
}

function startsRegex(code) {
  return /(^|[(,=:[!&|?{};>]|return)\s*$/.test(code);
}

function endOfRegex(text, at) {
  let end = at + 1;
  let inClass = false;
  while (end < text.length && text[end] !== "\n" && (inClass || text[end] !== "/")) {
    inClass = text[end] === "[" || (inClass && text[end] !== "]");
    end += text[end] === "\\" ? 2 : 1;
  }
  return Math.min(end + 1, text.length);
}

function scanCSharpString(scanner) {
  const rest = scanner.text.slice(scanner.at, scanner.at + 40);
  const raw = /^(\$*)("{3,})/.exec(rest);
  if (raw) {
    blank(scanner, endOf(scanner.text, raw[2], scanner.at + raw[0].length, raw[2].length));
    return true;
  }
  const opening = /^(\$@|@\$|\$|@)"/.exec(rest);
  if (!opening) {
    return false;
  }
  const start = scanner.at + opening[0].length;
  const verbatim = opening[1].includes("@");
  if (opening[1].includes("$")) {
    scanInterpolated(scanner, start, '"', "{", !verbatim);
  } else {
    blank(scanner, endOfVerbatim(scanner.text, start));
  }
  return true;
}

function endOfVerbatim(text, start) {
  let end = start;
  while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) {
    end += text[end] === '"' ? 2 : 1;
  }
  return Math.min(end + 1, text.length);
}

/** A string with holes: the holes are code again, may hold strings, and are blanked with the rest. */
function scanInterpolated(scanner, start, quote, hole, escapes) {
  const { text, language } = scanner;
  let end = start;
  while (end < text.length && text[end] !== quote) {
    if (escapes && text[end] === "\\") {
      end += 2;
    } else if (text.startsWith(hole, end) && !(hole === "{" && text[end + 1] === "{")) {
      end = endOfHole(text, end + hole.length, language);
    } else {
      end += text.startsWith("{{", end) ? 2 : 1;
    }
  }
  blank(scanner, Math.min(end + 1, text.length));
}

function endOfHole(text, start, language) {
  const inner = { text, at: start, out: [], language, code: "" };
  let depth = 1;
  while (inner.at < text.length && depth > 0) {
    const before = inner.at;
    scanOne(inner);
    if (inner.at === before + 1) {
      depth += text[before] === "{" ? 1 : text[before] === "}" ? -1 : 0;
    }
  }
  return inner.at;
}
