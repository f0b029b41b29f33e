#!/usr/bin/env node
// `npm test`: set-up, every check and every test of the repository, one sum at the end.
import { build, restore } from "./lib/dotnet.mjs";
import { ensurePagePackages, toolEnvironment } from "./lib/node-tools.mjs";
import { checkPrerequisites } from "./lib/prerequisites.mjs";
import { StepError, main } from "./lib/process.mjs";
import { Progress, seconds } from "./lib/progress.mjs";
import { chainStages, clearResults, dotnetStages, nodeStages, pageStages, runStage } from "./lib/test-stages.mjs";
import { checkResult, summary } from "./lib/test-results.mjs";
import { setupNode } from "./setup.mjs";

const help = `Usage: npm test [-- --only <stage,...>]      npm run test:nightly

Sets up what is missing, then runs: tidy, scripts, contracts-lint, contracts-abi, contracts-trees, contracts
(Solidity), contracts-gas, contracts-prove, page-units, page-build, format, page (the browser), and every
tests/*.Tests project. The last line is the sum:
N passed, N failed[, N skipped]. A missing result file, a crashed host or zero tests count as a failure; exit code 1
when anything failed.
  --only <stage,...>   only these stages (C# projects by full name); the sum covers them alone
  --nightly            long profiles: PQMS_PROFILE=nightly, limits of 45 minutes a stage; also contracts-forge
                       (forge as a second runner) and contracts-coverage
  --help               this text

Example: npm test -- --only tidy,contracts`;

const stageLimitSeconds = 420;
const nightlyStageLimitSeconds = 2700;

function options(args) {
  const at = args.indexOf("--only");
  if (at >= 0 && args[at + 1] === undefined) {
    throw new StepError("--only needs the names of stages, separated by commas.", "see npm test -- --help");
  }
  const only = at >= 0 ? args[at + 1].split(",") : undefined;
  return { nightly: args.includes("--nightly"), wanted: ({ name }) => !only || only.includes(name) };
}

/** Set-up, build and tests; the two worlds run beside each other because each leaves a core idle. */
async function runAll({ nightly, wanted }, progress) {
  await checkPrerequisites();
  const results = [];
  const limitSeconds = nightly ? nightlyStageLimitSeconds : stageLimitSeconds;
  const profile = { PQMS_REQUIRE_CHAIN: "1", NO_COLOR: "1", ...(nightly ? { PQMS_PROFILE: "nightly" } : {}) };
  const inOrder = async (stages, env) => {
    for (const stage of stages.filter(wanted)) {
      results.push(await runStage(stage, { progress, env: { ...env, ...profile }, limitSeconds }));
    }
  };
  const plain = toolEnvironment(process.execPath);
  const needsBuild = [...dotnetStages(), ...chainStages(plain)].some(wanted);
  const needsNode = [
    ...nodeStages(plain, { nightly }), ...pageStages(plain), ...chainStages(plain),
  ].some(wanted);
  const dotnetLane = async () => {
    if (!needsBuild) {
      return false;
    }
    const built = await preparation("build", progress, results, () => buildSolution(progress, plain));
    if (built) {
      await inOrder(dotnetStages(), plain);
    }
    return built !== undefined;
  };
  const nodeLane = async () => {
    if (!needsNode) {
      return undefined;
    }
    const env = await preparation("setup", progress, results, () => setupAll(progress));
    if (env) {
      await inOrder([...nodeStages(env, { nightly }), ...pageStages(env)], env);
    }
    return env;
  };
  const [built, env] = await Promise.all([dotnetLane(), nodeLane()]);
  if (built) {
    await inOrder(chainStages(env ?? plain), env ?? plain);
  }
  return results;
}

async function setupAll(progress) {
  const env = await setupNode(progress);
  await ensurePagePackages(progress, env.PQMS_NODE);
  return env;
}

async function buildSolution(progress, env) {
  await restore(progress, "Pqms.sln", env);
  await build(progress, "Pqms.sln", env);
  return true;
}

/** Runs a preparation and counts it as one test; undefined when it failed, and what needs it is left out. */
async function preparation(name, progress, results, body) {
  const started = Date.now();
  try {
    const value = await body();
    results.push({ ...checkResult(name, 0), seconds: seconds(started) });
    return value;
  } catch (error) {
    if (!(error instanceof StepError)) {
      throw error;
    }
    progress.line(error.message);
    results.push({ ...checkResult(name, 1, error.message.split("\n")[0]), seconds: seconds(started) });
    return undefined;
  }
}

function printTable(results, started) {
  const lines = results.map(({ suite, passed, failed, skipped, seconds: took }) =>
    `  ${suite.padEnd(26)}${String(passed).padStart(7)} passed${String(failed).padStart(5)} failed`
    + `${String(skipped).padStart(5)} skipped${took.toFixed(1).padStart(8)} s`);
  const failures = results.flatMap(({ suite, problems }) => problems.map((problem) => `  ${suite}: ${problem}`));
  process.stdout.write(`\n${lines.join("\n")}\n`);
  if (failures.length > 0) {
    process.stdout.write(`\nFailed:\n${failures.join("\n")}\n`);
  }
  process.stdout.write(`\nTotal time ${seconds(started)} s\n`);
}

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const started = Date.now();
  const chosen = options(args);
  clearResults();
  const results = await runAll(chosen, new Progress(process.stdout));
  printTable(results, started);
  const { line, ok } = summary(results);
  process.stdout.write(`${line}\n`);
  return ok ? 0 : 1;
});
