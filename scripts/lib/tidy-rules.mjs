// The house rules that a program can hold. Each rule looks at one file's text and names line, rule and remedy.
import { wrappedCode, wrappedComment } from "./line-wrap.mjs";
import { blankNonCode } from "./source-scanner.mjs";

export const limits = { fileLines: 500, functionLines: 70, lineLength: 120 };

const codeLanguages = new Set(["cs", "sol", "mjs", "js", "cjs", "ts", "tsx"]);
// Written with classes so that this file does not name what it forbids.
const openEnds = /\b(TO[D]O|FIX[M]E|HA[C]K|XX[X])\b/;
const emoji = /\p{Emoji_Presentation}|\uFE0F/u;

/** All problems of a file, as { line, rule, text }; `name` decides the language. */
export function problemsOf(name, text) {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const lines = text.split("\n");
  const problems = [...lineProblems(lines, extension), ...endProblems(text, lines)];
  if (codeLanguages.has(extension)) {
    const count = text.endsWith("\n") ? lines.length - 1 : lines.length;
    if (count > limits.fileLines) {
      const tooLong = `${count} lines, at most ${limits.fileLines}: split the file`;
      problems.push({ line: limits.fileLines + 1, rule: "file-length", text: tooLong });
    }
    problems.push(...functionProblems(text, languageOf(extension)));
  }
  return problems.sort((a, b) => a.line - b.line);
}

function languageOf(extension) {
  return extension === "cs" || extension === "sol" ? extension : "mjs";
}

function* lineProblems(lines, extension) {
  const code = codeLanguages.has(extension);
  for (const [index, line] of lines.entries()) {
    const at = (rule, text) => ({ line: index + 1, rule, text });
    if (code && line.length > limits.lineLength) {
      yield at("line-length", `${line.length} characters, at most ${limits.lineLength}`);
    }
    if (code && openEnds.test(line)) {
      yield at("open-end", `${openEnds.exec(line)[1]}: do it, or write an issue`);
    }
    if (code && /^\s*#\s*region\b/.test(line)) {
      yield at("region", "a region hides a file that is too long: split the file");
    }
    if (emoji.test(line)) {
      yield at("emoji", "no emoji");
    }
    if (/[ \t\r]$/.test(line) && extension !== "md") {
      yield at("trailing-space", line.endsWith("\r") ? "carriage return at the end of the line" : "space at the end");
    }
  }
}

function* endProblems(text, lines) {
  if (text.length > 0 && !text.endsWith("\n")) {
    yield { line: lines.length, rule: "final-newline", text: "the last line has no line break" };
  }
}

/** Trailing spaces, carriage returns, last line break and most long lines put right; the rest needs a person. */
export function fixed(name, text) {
  if (name.endsWith(".md")) {
    return withFinalNewline(text);
  }
  const extension = name.slice(name.lastIndexOf(".") + 1);
  let better = text.replace(/[ \t\r]+$/gm, "");
  if (codeLanguages.has(extension)) {
    better = better.split("\n").flatMap((line) => wrappedComment(line, limits.lineLength)).join("\n");
  }
  return withFinalNewline(extension === "cs" ? wrappedCode(better, limits.lineLength) : better);
}

function withFinalNewline(text) {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function* functionProblems(text, language) {
  for (const { line, name, length } of functionsOf(text, language)) {
    if (length > limits.functionLines) {
      const tooLong = `${name}: ${length} lines, at most ${limits.functionLines}`;
      yield { line, rule: "function-length", text: tooLong };
    }
  }
}

/** Every outermost function of a file with its first line, name and length, both braces' lines included. */
export function functionsOf(text, language) {
  const code = blankNonCode(text, language);
  const open = [];
  const found = [];
  let header = "";
  let headerLine = 1;
  let line = 1;
  for (const character of code) {
    if (character === "{") {
      const inside = open.some((block) => block.isFunction);
      open.push({ isFunction: !inside && isFunction(header, language), header, line: headerLine });
    } else if (character === "}") {
      const block = open.pop();
      if (block?.isFunction) {
        found.push({ name: nameOf(block.header), line: block.line, length: line - block.line + 1 });
      }
    }
    if (character === "{" || character === "}" || (character === ";" && depthOf(header) <= 0)) {
      header = "";
    } else {
      headerLine = header.trim() === "" ? line : headerLine;
      header += character;
    }
    line += character === "\n" ? 1 : 0;
  }
  return found;
}

function depthOf(header) {
  return (header.match(/\(/g)?.length ?? 0) - (header.match(/\)/g)?.length ?? 0);
}

const typeWords = /\b(class|struct|interface|enum|record|namespace|contract|library|switch)\b/;

function isFunction(header, language) {
  const bare = header.replace(/\s+/g, " ").trim();
  if (language === "sol") {
    return /\b(function|constructor|modifier|receive|fallback)\b/.test(bare);
  }
  if (language === "mjs") {
    const suite = /^(describe|suite)\b/.test(bare);
    const control = /^(if|for|while|switch|catch)\b/.test(bare);
    const method = !control && /^(static )?(async )?(get |set )?[#*]?\w+ ?\(.*\)$/.test(bare);
    return !suite && (/\bfunction\b/.test(bare) || bare.endsWith("=>") || method);
  }
  if (/^(get|set|init|add|remove)$|\b(private|protected|internal) (get|set|init)$/.test(bare)) {
    return true;
  }
  const outside = withoutParentheses(bare.replace(/^(\[[^\]]*\] ?)+/, ""));
  return bare.includes("(") && !typeWords.test(outside.split(" where ")[0]) && !/=(?!>)/.test(outside);
}

function withoutParentheses(text) {
  let rest = text;
  for (let before; before !== rest;) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/g, " ");
  }
  return rest;
}

function nameOf(header) {
  const bare = header.replace(/\s+/g, " ").trim();
  return /([\w.#]+)\s*(<[^()]*>)?\(/.exec(bare)?.[1] ?? bare.slice(0, 40);
}
