import assert from "node:assert/strict";
import { test } from "node:test";
import { fixed, functionsOf, problemsOf } from "../../scripts/lib/tidy-rules.mjs";

const rulesOf = (name, text) => problemsOf(name, text).map(({ rule }) => rule);
const body = (count) => "  f();\n".repeat(count);

test("problemsOf: a clean file has none", () => {
  assert.deepEqual(problemsOf("A.cs", "namespace A;\n"), []);
});

test("problemsOf: a line of 121 characters is named with its place, 120 are allowed", () => {
  const [problem] = problemsOf("A.sol", `${"x".repeat(120)}\n${"x".repeat(121)}\n`);
  assert.equal(problem.line, 2);
  assert.equal(problem.rule, "line-length");
});

test("problemsOf: prose may have long lines and unfinished words", () => {
  assert.deepEqual(problemsOf("A.md", `${"x".repeat(300)} ${"TO"}DO\n`), []);
});

for (const [rule, line] of [
  ["open-end", `// ${"TO"}DO later`],
  ["open-end", `// ${"HA"}CK`],
  ["region", `#${"region"} Fields`],
  ["emoji", "// \u{1F680}"],
  ["trailing-space", "int a; "],
  ["trailing-space", "int a;\r"],
]) {
  test(`problemsOf: ${JSON.stringify(line)} breaks ${rule}`, () => {
    assert.deepEqual(rulesOf("A.cs", `${line}\n`), [rule]);
  });
}

test("problemsOf: arrows and check marks are no emoji", () => {
  assert.deepEqual(rulesOf("A.cs", "// a → b ↔ c ✔ ✓ ▲ ▼\n"), []);
});

test("problemsOf: 500 lines are allowed, 501 are not", () => {
  assert.deepEqual(rulesOf("A.cs", "a;\n".repeat(500)), []);
  assert.deepEqual(rulesOf("A.cs", "a;\n".repeat(501)), ["file-length"]);
});

test("problemsOf: a missing last line break is named", () => {
  assert.deepEqual(rulesOf("a.json", "{}"), ["final-newline"]);
});

test("problemsOf: a function of 70 lines is allowed, 71 are not", () => {
  const method = (lines) => `class A\n{\n    void F(int x = 3)\n    {\n${body(lines - 3)}    }\n}\n`;
  assert.deepEqual(rulesOf("A.cs", method(70)), []);
  assert.deepEqual(rulesOf("A.cs", method(71)), ["function-length"]);
});

test("problemsOf: a long table of data is no function", () => {
  const table = `class A\n{\n    static readonly int[] X = new int[]\n    {\n${"  1,\n".repeat(100)}    };\n}\n`;
  assert.deepEqual(rulesOf("A.cs", table), []);
});

test("functionsOf: braces in strings, characters and comments do not count", () => {
  const text = [
    "class A {",
    "  string F(string a) {",
    '    var s = "{" + $"{a}{{ {G("}")}" + @"{""{" + \'{\' + """{ { """; // {',
    "    /* { */ return s;",
    "  }",
    "  int G() { return 1; }",
    "}",
  ].join("\n");
  assert.deepEqual(functionsOf(text, "cs").map(({ name, length }) => [name, length]), [["F", 4], ["G", 1]]);
});

test("functionsOf: Solidity functions, modifiers and constructors are found", () => {
  const text = [
    "contract C {",
    "  constructor(uint a) {",
    "  }",
    "  function f()",
    "    external",
    "  {",
    "  }",
    "  struct S { uint a; }",
    "}",
  ].join("\n");
  assert.deepEqual(functionsOf(text, "sol").map(({ name, length }) => [name, length]), [["constructor", 2], ["f", 4]]);
});

test("functionsOf: JavaScript functions, methods and arrows are found, suites are not", () => {
  const text = [
    "export async function a() { if (x) { y(`}${b({})}`); } }",
    "class K { m(x) { return /[{]/.test(x); } get n() { return 1; } }",
    "const c = (x) => { return x; };",
    'describe("d", () => { it("e", () => { z(); }); });',
  ].join("\n");
  assert.deepEqual(functionsOf(text, "mjs").map(({ name }) => name), ["a", "m", "n", "const c = (x) =>", "it"]);
});

test("fixed: trailing space, carriage returns and the last line break are put right", () => {
  assert.equal(fixed("A.cs", "a \r\nb\t"), "a\nb\n");
  assert.equal(fixed("A.md", "a  \nb"), "a  \nb\n");
});

test("fixed: a long comment is broken at a space outside tags, with the same start; code is left alone", () => {
  const words = "word ".repeat(21).trim();
  const comment = `    /// ${words} <see cref="A B"/> end\n${"x ".repeat(80).trim()}\n`;
  const expected = `    /// ${words}\n    /// <see cref="A B"/> end\n${"x ".repeat(80).trim()}\n`;
  assert.equal(fixed("A.cs", comment), expected);
});

const args = (letter, count) => `${letter}, `.repeat(count) + letter;

for (const [what, before, after] of [
  ["after an arrow", `    int F() => ${"g(a) + ".repeat(15)}h(a);`,
    `    int F() =>\n        ${"g(a) + ".repeat(15)}h(a);`],
  ["at the last comma that nests least", `    F(a, G(${args("b", 30)}), c, H(d, eeeeeeeeee, ffffffffff));`,
    `    F(a, G(${args("b", 30)}), c,\n        H(d, eeeeeeeeee, ffffffffff));`],
  ["in a list from above, at its indent", `        ${args("int", 22)})`, `        ${args("int", 21)},\n        int)`],
  ["at a bracket if need be", `    F${"f".repeat(90)}("${"s".repeat(30)}");`,
    `    F${"f".repeat(90)}(\n        "${"s".repeat(30)}");`],
  ["nowhere inside a string", `    return "${args("a", 40)}";`, `    return "${args("a", 40)}";`],
]) {
  test(`fixed: a long C# line is broken ${what}`, () => {
    assert.equal(fixed("A.cs", `${before}\n`), `${after}\n`);
  });
}
