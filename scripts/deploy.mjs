#!/usr/bin/env node
// `npm run deploy`: builds pqms when needed and hands every option to `pqms deploy`.
import { spawnSync } from "node:child_process";
import { ensureCli } from "./lib/dotnet.mjs";
import { toolEnvironment } from "./lib/node-tools.mjs";
import { cliAssembly, root } from "./lib/paths.mjs";
import { StepError, main } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";

const localChain = "http://127.0.0.1:8545";
const help = `Usage: npm run deploy -- [--chain-url <url>] [options of pqms deploy]

Deploys the ledger to a chain that already runs and writes its addresses file. Repeating it changes nothing.
  --chain-url <url>   the chain's JSON-RPC endpoint; default ${localChain} (a local Hardhat or anvil)
  --help              this text; \`scripts/pqms deploy --help\` shows all options

Example: npm run deploy -- --chain-url http://127.0.0.1:8545`;

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const env = toolEnvironment(process.execPath);
  const progress = new Progress();
  await ensureCli(progress, env);
  const given = args.some((argument) => argument === "--chain-url" || argument.startsWith("--chain-url="));
  const chain = given ? [] : ["--chain-url", localChain];
  const { status, error } = spawnSync("dotnet", [cliAssembly, "deploy", ...chain, ...args], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  if (error) {
    throw new StepError(`dotnet does not start: ${error.message}`, "install the .NET 10 SDK");
  }
  return status ?? 1;
});
