#!/usr/bin/env node
// `npm start`: setup, one Release build, then `pqms up --demo`.
import { ensureCli } from "./lib/dotnet.mjs";
import { cliAssembly, root } from "./lib/paths.mjs";
import { main } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";
import { serve } from "./lib/serve.mjs";
import { setup } from "./setup.mjs";

const help = `Usage: npm start -- [options of pqms up]

Installs and builds what is missing, starts a chain with the ledger, mesh and oracle, makes one reservation and
audits it, then serves until Ctrl-C. Progress goes to stderr. Every option is handed to \`pqms up --demo\`:
  --once     end after the audit
  --json     one JSON document on stdout (use: npm start --silent -- --once --json)
  --help     this text; \`scripts/pqms up --help\` shows all options

Example: npm start -- --once`;

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const progress = new Progress(process.stderr);
  const env = await setup(progress, (plain) => ensureCli(progress, plain));
  return serve("dotnet", [cliAssembly, "up", "--demo", ...args], { cwd: root, env });
});
