import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { npmCommand } from "./node-tools.mjs";
import { pageFolder, root, testProjects } from "./paths.mjs";
import { run, tail } from "./process.mjs";
import {
  checkResult, flatTapResult, forgeResult, hardhatResult, proofResult, tapResult, trxResult,
} from "./test-results.mjs";

const resultsFolder = join(root, "TestResults");
const hardhat = join("node_modules", "hardhat", "dist", "src", "cli.js");

/** One part of the test run: a program to run, how to read its outcome, and which lines of it to show all the same. */
function stage(name, command, read, shown) {
  return { name, command, read, shown };
}

/** What needs Node only, in order; every night more of it. */
export function nodeStages(env, { nightly = false } = {}) {
  const node = env.PQMS_NODE;
  const scripts = readdirSync(join(root, "tests", "scripts")).filter((name) => name.endsWith(".test.mjs"));
  const files = scripts.map((name) => join("tests", "scripts", name));
  const npm = (...args) => npmCommand(node, ["run", "--silent", ...args]);
  const solidity = nightly ? npm("contracts:calls") : [node, hardhat, "test", "solidity"];
  const everyNight = [
    stage("contracts-forge", npm("contracts:forge"), forgeResult),
    stage("contracts-coverage", npm("contracts:coverage"), check, /^ {2}all /),
  ];
  return [
    stage("tidy", [node, "scripts/tidy.mjs"], check),
    stage("scripts", [node, "--test", "--test-reporter=tap", ...files], tapResult),
    stage("contracts-lint", npm("contracts:lint"), check),
    stage("contracts-abi", npm("contracts:export", "--", "--check"), check),
    stage("contracts-trees", npm("contracts:trees"), check),
    stage("contracts", solidity, hardhatResult, /^invariants of /),
    stage("contracts-gas", npm("bench:gas", "--", "--check"), check),
    stage("contracts-prove", npm("contracts:prove"), proofResult, /^(?:\d+ proven, |skipped: )/),
    ...(nightly ? everyNight : []),
  ];
}

/** What needs the packages of the page: its functions, and whether its committed build is that of its sources. */
export function pageStages(env) {
  const vitest = join(pageFolder, "node_modules", "vitest", "vitest.mjs");
  return [
    stage("page-units", [env.PQMS_NODE, vitest, "run", "--root", pageFolder, "--reporter=tap-flat"], flatTapResult),
    stage("page-build", [env.PQMS_NODE, "scripts/page.mjs", "check"], check, /^page: as its sources/),
  ];
}

/** What needs the built solution only, in order: format, then every unit test project. */
export function dotnetStages() {
  const format = ["dotnet", "format", "whitespace", "Pqms.sln", "--no-restore", "--verify-no-changes"];
  return [stage("format", format, check), ...testProjects().filter((name) => !usesChain(name)).map(project)];
}

/** What needs both worlds: end-to-end tests against a real chain, and the page in a real browser. */
export function chainStages(env) {
  const browser = [env.PQMS_NODE, "--test", "--test-reporter=tap", join("tests", "web", "page.test.mjs")];
  return [stage("page", browser, tapResult, /first paint/), ...testProjects().filter(usesChain).map(project)];
}

function usesChain(name) {
  return name === "Pqms.EndToEnd.Tests";
}

function project(name) {
  const assembly = join("tests", name, "bin", "Release", "net10.0", `${name}.dll`);
  const file = join(resultsFolder, `${name}.trx`);
  const loggers = ["--logger", `trx;LogFileName=${name}.trx`, "--logger", "console;verbosity=minimal"];
  return stage(name, ["dotnet", "test", assembly, "--results-directory", resultsFolder, ...loggers], (suite, _, code) =>
    trxResult(suite, existsSync(file) ? readFileSync(file, "utf8") : undefined, code));
}

function check(suite, output, code) {
  return checkResult(suite, code);
}

/** Removes the results of earlier runs, so that none can be mistaken for this one's. */
export function clearResults() {
  rmSync(resultsFolder, { recursive: true, force: true });
  mkdirSync(resultsFolder, { recursive: true });
}

/** Runs one stage, prints how it ended, and the end of its output when it failed. */
export async function runStage({ name, command, read, shown }, { progress, env, limitSeconds }) {
  const end = progress.begin(name);
  const [program, ...args] = command;
  const ran = await run(program, args, { cwd: root, env, limitSeconds });
  const result = read(name, ran.output, ran.code);
  if (ran.timedOut) {
    result.failed = Math.max(result.failed, 1);
    result.problems.push(`not ended after ${limitSeconds} s`);
  }
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  end(`${result.passed} passed, ${result.failed} failed${skipped}`);
  if (shown) {
    ran.output.split(/\r?\n/).filter((line) => shown.test(line)).forEach((line) => progress.line(`    ${line}`));
  }
  if (result.failed > 0) {
    progress.line(tail(ran.output, 60).replace(/^/gm, "    "));
  }
  return { ...result, seconds: ran.seconds };
}
