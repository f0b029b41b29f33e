#!/usr/bin/env node
// Gets a clean clone ready: prerequisites, Node for Hardhat, npm packages, NuGet packages. Runs under Node 20.
import { pathToFileURL } from "node:url";
import { restore } from "./lib/dotnet.mjs";
import { ensureNode, ensurePackages, toolEnvironment } from "./lib/node-tools.mjs";
import { checkPrerequisites } from "./lib/prerequisites.mjs";
import { main } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";

const help = `Usage: node scripts/setup.mjs [--help]

Checks git, the .NET 10 SDK and libsqlite3; installs Node 24 in tools/node when the system's is older than
22.13; installs npm and NuGet packages exactly as the lock files say. Does nothing that is already done.

Example: node scripts/setup.mjs`;

/** Makes Node for Hardhat and the npm packages ready; returns the environment with that Node first on PATH. */
export async function setupNode(progress) {
  const node = await ensureNode(progress);
  await ensurePackages(progress, node);
  return toolEnvironment(node);
}

/** Prepares both worlds at once: `dotnetWork(env)` runs beside the npm installation. Returns setupNode's result. */
export async function setup(progress, dotnetWork) {
  await checkPrerequisites();
  const work = [setupNode(progress), dotnetWork(toolEnvironment(process.execPath))];
  const [node, dotnet] = await Promise.allSettled(work);
  for (const result of [node, dotnet]) {
    if (result.status === "rejected") {
      throw result.reason;
    }
  }
  return node.value;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    if (process.argv.includes("--help")) {
      process.stdout.write(`${help}\n`);
      return 0;
    }
    const progress = new Progress();
    await setup(progress, (env) => restore(progress, "Pqms.sln", env));
    progress.line("Ready: npm start, npm test.");
    return 0;
  });
}
