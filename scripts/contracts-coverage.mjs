#!/usr/bin/env node
// Measures which lines of the contracts the Solidity tests run.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyContracts } from "./lib/contracts.mjs";
import { problemsOfCoverage, readLcov, tableOf } from "./lib/coverage.mjs";
import { root } from "./lib/paths.mjs";

/** Kept between runs: Hardhat compiles only what changed, and its results stay apart from the everyday ones. */
const place = join(root, "cache", "coverage");

const leastPercent = 95;

/** Instrumented code is larger and dearer, so that limits of size and gas say nothing; invariants only take time. */
const limits = ["ContractSize", "UnboundedLoops"].map((name) => join("threats", `${name}.t.sol`));
const without = ["gas", "invariants", "smt", ...limits];

const help = `Usage: npm run contracts:coverage

Runs the unit, fuzz and threat tests of tests/contracts once more, with Hardhat's instrumented contracts in a copy in
cache/coverage, and prints for each file of contracts/ how many of its lines ran and which did not. Interfaces have
none; mocks are attackers for the tests and are left out. Exit code 1 when a test fails or a file is below
${leastPercent} %. Takes minutes, most of them for the compiler.
  --help   this text

Example: npm run contracts:coverage`;

function prepare() {
  copyContracts(place, without);
  for (const name of ["hardhat.config.js", "package.json"]) copyFileSync(join(root, name), join(place, name));
  rmSync(join(place, "scripts"), { recursive: true, force: true });
  mkdirSync(join(place, "scripts"));
  cpSync(join(root, "scripts", "lib"), join(place, "scripts", "lib"), { recursive: true });
  rmSync(join(place, "coverage"), { recursive: true, force: true });
}

function measure() {
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [hardhat, "test", "solidity", "--coverage"], {
    cwd: place,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true", NO_COLOR: "1", PQMS_PROFILE: "" },
  });
  if (error) throw error;
  if (status === 0) return true;
  console.error(`the tests failed:\n${stdout}${stderr}`);
  return false;
}

function main(args) {
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  prepare();
  if (!measure()) return 1;
  const files = readLcov(readFileSync(join(place, "coverage", "lcov.info"), "utf8"))
    .filter(({ path }) => path.startsWith("contracts/") && !path.startsWith("contracts/mocks/"));
  console.log(tableOf(files));
  const problems = problemsOfCoverage(files, leastPercent);
  problems.forEach((problem) => console.error(problem));
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
