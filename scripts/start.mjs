#!/usr/bin/env node
// `npm start`: setup, one Release build, then `pqms up --demo`.
import { spawn } from "node:child_process";
import { ensureCli } from "./lib/dotnet.mjs";
import { cliAssembly, root } from "./lib/paths.mjs";
import { main } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";
import { setup } from "./setup.mjs";

const help = `Usage: npm start -- [options of pqms up]

Installs and builds what is missing, starts a chain with the ledger, mesh and oracle, makes one reservation and
audits it, then serves until Ctrl-C. Progress goes to stderr. Every option is handed to \`pqms up --demo\`:
  --once     end after the audit
  --json     one JSON document on stdout (use: npm start --silent -- --once --json)
  --help     this text; \`scripts/pqms up --help\` shows all options

Example: npm start -- --once`;

const patienceMilliseconds = 2000;

/**
 * Runs the built pqms with this terminal; its exit code is ours. It gets a process group of its own: a terminal
 * sends Ctrl-C to the whole group and npm repeats it, but pqms must see exactly one, and its chain none.
 */
function serve(args, env) {
  const ownGroup = process.platform !== "win32";
  const command = [cliAssembly, "up", "--demo", ...args];
  const child = spawn("dotnet", command, { cwd: root, env, stdio: "inherit", detached: ownGroup });
  let asked;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (asked === undefined) {
        asked = Date.now();
        child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      } else if (Date.now() - asked > patienceMilliseconds) {
        process.kill(ownGroup ? -child.pid : child.pid, "SIGKILL");
      }
    });
  }
  return new Promise((settle) => {
    child.on("error", () => settle(127));
    child.on("exit", (code, signal) => settle(code ?? (signal ? 1 : 0)));
  });
}

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const progress = new Progress(process.stderr);
  const env = await setup(progress, (plain) => ensureCli(progress, plain));
  return serve(args, env);
});
