#!/usr/bin/env node
// `npm run bench`: builds tests/Pqms.Benchmarks in Release and runs it.
import { join } from "node:path";
import { toolEnvironment } from "./lib/node-tools.mjs";
import { root } from "./lib/paths.mjs";
import { main, step } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";
import { serve } from "./lib/serve.mjs";

const help = `Usage: npm run bench -- [--quick] [--only <part of a name>] [--json] [--list] [--help]

Measures the mesh and the Ethereum client and prints a table: result, goal, how many times better than the goal,
bytes for each operation, peak memory. Table and JSON are written to TestResults/benchmarks.txt and .json as well. A
missed goal is no failure: machines differ, and the ones that others use at the same time differ most.
  --quick   three repetitions instead of eleven: under a minute
  --only    benchmarks with this text in their name
  --json    the JSON on stdout (use: npm run --silent bench -- --json)
  --list    their names, nothing else

Example: npm run bench -- --quick --only bulk`;

const project = join(root, "tests", "Pqms.Benchmarks");

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const env = toolEnvironment(process.execPath);
  await step(new Progress(), "Release build of the benchmarks", "dotnet", [
    "build", project, "-c", "Release", "-p:RestoreLockedMode=true", "-nologo", "-nodeReuse:false", "-v:quiet",
  ], { cwd: root, env, limitSeconds: 600, next: "mend the errors above; they stand in the source" });
  const assembly = join(project, "bin", "Release", "net10.0", "Pqms.Benchmarks.dll");
  return serve("dotnet", [assembly, "--folder", join(root, "TestResults"), ...args], { cwd: root, env });
});
