#!/usr/bin/env node
// Runs the Solidity tests once more, with forge: a second EVM and a second fuzzer must find the same.
import { spawnSync } from "node:child_process";
import { findForge, prepare } from "./lib/forge.mjs";

const help = `Usage: npm run contracts:forge [-- <arguments for forge test>]

Runs every test in tests/contracts with forge 1.7.1 (npm's package) and npm's solc, in a copy in cache/forge; with
PQMS_PROFILE=nightly as many runs of each fuzz test as Hardhat, and a quarter of the runs of each invariant. Where npm
has no forge this is said, and the exit code is 0.
  --help   this text

Example: npm run contracts:forge -- --match-contract Orders`;

function main(args) {
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const forge = findForge();
  if (!forge) {
    console.log(`skipped: there is no forge for ${process.platform} ${process.arch}, or npm left it out`);
    return 0;
  }
  const cwd = prepare();
  const ran = spawnSync(forge, ["test", "--offline", ...args], { cwd, stdio: "inherit" });
  if (ran.error) throw ran.error;
  return ran.status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
