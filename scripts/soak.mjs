#!/usr/bin/env node
// `npm run soak`: does the memory of a node under steady use stay flat?
import { join } from "node:path";
import { ensureCli } from "./lib/dotnet.mjs";
import { toolEnvironment } from "./lib/node-tools.mjs";
import { root } from "./lib/paths.mjs";
import { StepError, main, step } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";
import { serve } from "./lib/serve.mjs";

const help = `Usage: npm run soak -- [--minutes <n>] [--json] [--help]

Starts a realm of its own ('pqms up': chain, ledger, mesh, oracle), requests, takes and releases about once a
second, looks at the memory of node and chain every ten seconds, and audits the whole ledger at the end. Exit code 0
when the node's memory grew by at most 5 % of its mean in an hour and the audit passed. What counts is a line through
the last third: compiled code and the garbage collector's budgets settle in the first 40 minutes. The chain keeps every
block, so it grows; it is printed beside.
  --minutes <n>  how long; 60 by default, at most 10000
  --json         one JSON document on stdout, with every sample (use: npm run --silent soak -- --json)

Example: npm run soak -- --minutes 5`;

const project = join(root, "tests", "Pqms.Benchmarks");

function minutes(args) {
  const at = args.indexOf("--minutes");
  const value = at < 0 ? 60 : Number(args[at + 1]);
  if (!(value > 0 && value <= 10_000)) {
    throw new StepError(`--minutes ${args[at + 1]} is not understood.`, "a number above 0, at most 10000");
  }
  return String(value);
}

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const wanted = ["--soak", minutes(args), ...args.filter((arg) => arg === "--json")];
  const env = toolEnvironment(process.execPath);
  const progress = new Progress();
  await ensureCli(progress, env);
  await step(progress, "Release build of the soak", "dotnet", [
    "build", project, "-c", "Release", "-p:RestoreLockedMode=true", "-nologo", "-nodeReuse:false", "-v:quiet",
  ], { cwd: root, env, limitSeconds: 600, next: "mend the errors above; they stand in the source" });
  return serve("dotnet", [join(project, "bin", "Release", "net10.0", "Pqms.Benchmarks.dll"), ...wanted], {
    cwd: root, env,
  });
});
