#!/usr/bin/env node
// Proves the assertions of the models in tests/contracts/smt with solc's model checker (CHC engine) and z3.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "./lib/paths.mjs";

const require = createRequire(import.meta.url);
const folder = "tests/contracts/smt";

/** For one assertion on a slow machine; on a fast one the whole run takes seconds. */
const solverSeconds = 120;

const provenCode = "9576";

const help = `Usage: npm run contracts:prove [-- <name of a model> ...]

Proves every assertion in ${folder}/*.sol, or in the models named, with solc's SMTChecker (CHC engine) and
the solver z3. Exit code 1 when one is not proven, whether it is wrong or the solver gives up.
Without z3 on the PATH nothing is proven, which is said, and the exit code is 0.
  --help   this text

Example: npm run contracts:prove -- TreasuryModel`;

/** The solver as solc's package calls it, parameters included; undefined when it is not installed. */
function findZ3() {
  return require("solc/smtsolver").availableSolvers.find(({ name }) => name === "z3");
}

/** What solc asks when it wants a query solved. Its package's own answer gives up after ten seconds, busy or not. */
function solverIn(scratch, z3) {
  const path = join(scratch, "query.smt2");
  return (query) => {
    writeFileSync(path, query);
    const args = [...z3.params.split(" "), `-T:${solverSeconds}`, path];
    const { stdout, error } = spawnSync(z3.command, args, { encoding: "utf8", maxBuffer: 2 ** 30 });
    return error ? { error: String(error) } : { contents: stdout };
  };
}

/** Imports are named from the root, or from a package. */
function readImport(path) {
  for (const place of [root, join(root, "node_modules")]) {
    try {
      return { contents: readFileSync(join(place, path), "utf8") };
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return { error: `no file ${path}` };
}

function check(file, content, smtSolver) {
  const contracts = [...content.matchAll(/^(?:abstract )?(?:contract|library) (\w+)/gm)].map((match) => match[1]);
  const modelChecker = {
    engine: "chc",
    targets: ["assert"],
    solvers: ["smtlib2"],
    showProvedSafe: true,
    showUnproved: true,
    contracts: { [file]: contracts },
  };
  const input = {
    language: "Solidity",
    sources: { [file]: { content } },
    settings: { evmVersion: "cancun", modelChecker },
  };
  const output = require("solc").compile(JSON.stringify(input), { import: readImport, smtSolver });
  return JSON.parse(output).errors ?? [];
}

function lineAt(content, position) {
  const number = content.slice(0, position).split("\n").length;
  return { number, text: content.split("\n")[number - 1].trim() };
}

/** Prints what became of each assertion of a file; the number of those that are not proven. */
function report(file, content, findings) {
  const own = findings.filter(({ sourceLocation }) => (sourceLocation?.file ?? file) === file);
  const failures = own.filter(({ severity, message }) => severity === "error" || /^CHC analysis|Error/.test(message));
  const wanted = new Map();
  for (const { index } of content.matchAll(/(?<=^\s*)assert\(/gm)) {
    wanted.set(lineAt(content, index).number, "not proven");
  }
  for (const { errorCode, sourceLocation } of own) {
    if (errorCode === provenCode && sourceLocation) {
      wanted.set(lineAt(content, sourceLocation.start).number, "proven");
    }
  }
  for (const { errorCode, message, sourceLocation } of own) {
    if (!message.startsWith("CHC: Assertion violation") || errorCode === provenCode) continue;
    const what = message.split(".")[0].replace("CHC: ", "not proven, ");
    wanted.set(lineAt(content, sourceLocation.start).number, what);
  }
  for (const [number, what] of [...wanted].sort(([a], [b]) => a - b)) {
    console.log(`${basename(file)}:${number}: ${what}: ${content.split("\n")[number - 1].trim()}`);
  }
  failures.forEach(({ message }) => console.error(`${basename(file)}: ${message}`));
  const missing = [...wanted.values()].filter((what) => what !== "proven").length;
  if (wanted.size === 0) console.error(`${basename(file)}: no assertion found`);
  return { proven: wanted.size - missing, missing: missing + failures.length + (wanted.size === 0 ? 1 : 0) };
}

function proveAll(files, z3) {
  const scratch = mkdtempSync(join(tmpdir(), "pqms-prove-"));
  const sum = { proven: 0, missing: 0 };
  try {
    for (const file of files) {
      const content = readFileSync(join(root, file), "utf8");
      const { proven, missing } = report(file, content, check(file, content, solverIn(scratch, z3)));
      sum.proven += proven;
      sum.missing += missing;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return sum;
}

function main(args) {
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const all = readdirSync(join(root, folder)).filter((name) => name.endsWith(".sol")).sort();
  const unknown = args.find((arg) => !all.includes(`${arg}.sol`));
  if (unknown !== undefined) {
    console.error(`unknown model ${unknown}; allowed: ${all.map((name) => basename(name, ".sol")).join(", ")}, --help`);
    return 2;
  }
  const z3 = findZ3();
  if (!z3) {
    console.log("skipped: z3 is missing; nothing was proven. Install it (Debian: apt-get install z3) and run again");
    return 0;
  }
  const chosen = all.filter((name) => args.length === 0 || args.includes(basename(name, ".sol")));
  const { proven, missing } = proveAll(chosen.map((name) => `${folder}/${name}`), z3);
  console.log(`${proven} proven, ${missing} not proven, in ${chosen.length} models`);
  return missing === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
