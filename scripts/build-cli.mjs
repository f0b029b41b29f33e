#!/usr/bin/env node
// Builds pqms in Release when the built one does not match the sources.
import { ensureCli } from "./lib/dotnet.mjs";
import { toolEnvironment } from "./lib/node-tools.mjs";
import { main } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";

const help = `Usage: node scripts/build-cli.mjs [--help]

Restores and builds src/Pqms.Cli in Release unless that is done already. Needs no npm package.

Example: node scripts/build-cli.mjs && scripts/pqms --help`;

await main(async () => {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  await ensureCli(new Progress(), toolEnvironment(process.execPath));
  return 0;
});
