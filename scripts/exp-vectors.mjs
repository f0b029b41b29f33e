// Writes tests/vectors/exp.json: powers of e and of one half with 18 decimals, rounded down, that Solidity and C# must
// both reproduce. They are computed here with 80 decimals and no range reduction, so not as the ledger does it.
// Usage: node scripts/exp-vectors.mjs [--check] [--help]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const path = join(dirname(fileURLToPath(import.meta.url)), "..", "tests", "vectors", "exp.json");
const help = `Writes tests/vectors/exp.json.
  --check   writes nothing; fails when the committed file differs
  --help    this text`;

const ONE = 10n ** 80n;
const WAD = 10n ** 18n;

/** e^x by the plain Taylor series; x and the result with 80 decimals. */
function exp(x) {
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n; term = (term * x) / (ONE * n), n++) sum += term;
  return sum;
}

/** ln 2 = sum of 1 / (n 2^n). */
function ln2() {
  let sum = 0n;
  for (let n = 1n; n < 300n; n++) sum += ONE / (n * 2n ** n);
  return sum;
}

/** Rounded down to 18 decimals; the error of 80 decimals must not reach the last of them. */
function wad(value) {
  const slack = ONE / 10n ** 40n;
  const down = (value * WAD) / ONE;
  if (((value - slack) * WAD) / ONE !== down && value % (ONE / WAD) !== 0n) throw new Error(`too close: ${value}`);
  return down.toString();
}

/** Edges of the range reduction, then a spread over the range that is used. */
function arguments_(max) {
  const edges = [0n, 1n, 2n, WAD / 2n, WAD - 1n, WAD, WAD + 1n, max - 1n, max];
  for (let k = 1n; k <= 28n; k++) {
    const edge = (k * ln2() * WAD) / ONE;
    edges.push(edge, edge + 1n);
  }
  let state = 20260101n;
  for (let i = 0; i < 60; i++) {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    edges.push((state * max) / 2n ** 64n);
  }
  return edges.filter((x) => x <= max);
}

function vectors() {
  const scale = ONE / WAD;
  const ln = ln2();
  const powers = arguments_(20n * WAD);
  const halvings = [...arguments_(59n * WAD), 18n * WAD, 60n * WAD, 61n * WAD, 10n ** 30n];
  const half = (x) => (x % WAD === 0n ? WAD / 2n ** (x / WAD) : BigInt(wad((ONE * ONE) / exp((x * ln) / WAD))));
  return {
    exp: { x: powers.map(String), result: powers.map((x) => (x === 0n ? String(WAD) : wad(exp(x * scale)))) },
    exp2Neg: { x: halvings.map(String), result: halvings.map((x) => (x > 60n * WAD ? "0" : String(half(x)))) },
  };
}

function main(args) {
  const unknown = args.find((arg) => arg !== "--check" && arg !== "--help");
  if (unknown !== undefined) {
    console.error(`unknown argument ${unknown}; allowed: --check, --help`);
    return 2;
  }
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const fresh = JSON.stringify(vectors(), null, 2) + "\n";
  if (!args.includes("--check")) {
    writeFileSync(path, fresh);
    return 0;
  }
  if (readFileSync(path, "utf8") === fresh) return 0;
  console.error("tests/vectors/exp.json differs; run node scripts/exp-vectors.mjs and look at the diff");
  return 1;
}

process.exitCode = main(process.argv.slice(2));
