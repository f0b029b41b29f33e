#!/usr/bin/env node
// Runs the Solidity tests with Hardhat and counts what the handlers of the invariants really did.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { problemsOfCalls, readCalls, tellCalls } from "./lib/calls.mjs";
import { runsOfProfile, testFiles } from "./lib/contracts.mjs";
import { root } from "./lib/paths.mjs";

const folder = "cache/calls";
const ending = ".invariant.t.sol";
const { calls: least } = runsOfProfile();

const help = `Usage: npm run contracts:calls [-- <file> ...]

Runs the Solidity tests, or those files, with Hardhat; then prints for each tests/contracts/invariants/*${ending} how
often each operation of its handler succeeded. Exit code 1 when a test fails, or when an invariant contract did less
than ${least.toLocaleString("en-US")} calls (100,000 with PQMS_PROFILE=nightly). Time that passed and refusals that
had to be are told and not counted.
  --help   this text

Example: PQMS_PROFILE=nightly npm run contracts:calls -- tests/contracts/invariants/Treasury${ending}`;

function runTests(files) {
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const { status, error } = spawnSync(process.execPath, [hardhat, "test", "solidity", ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true", PQMS_CALLS: folder },
  });
  if (error) throw error;
  return status ?? 1;
}

function main(args) {
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const status = runTests(args);
  const written = readdirSync(join(root, folder));
  const counts = written.map((name) => readCalls(name, readFileSync(join(root, folder, name), "utf8")));
  counts.forEach((count) => console.log(tellCalls(count)));
  const wanted = (args.length > 0 ? args : testFiles())
    .filter((name) => name.endsWith(ending)).map((name) => name.split("/").at(-1).slice(0, -ending.length));
  const problems = problemsOfCalls(counts, wanted, least);
  problems.forEach((problem) => console.error(problem));
  return status !== 0 || problems.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
