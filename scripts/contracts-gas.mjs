// Measures the gas of whole transactions and keeps the table contracts/gas.json.
// Usage: node scripts/contracts-gas.mjs [--check] [--help]
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const table = join(root, "contracts", "gas.json");
const leftovers = [join(root, "snapshots"), join(root, ".gas-snapshot")];

const folder = "tests/contracts/gas";

const help = `Runs the tests in tests/contracts/gas with each call as a transaction of its own and writes contracts/gas.json.
  --check   writes nothing; fails when the committed table differs from a fresh measurement
  --help    this text`;

function measure() {
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".t.sol"))
    .map((name) => `${folder}/${name}`);
  // A test finds the contracts by their artifacts, which a run of single files does not build.
  const build = spawnSync(process.execPath, [hardhat, "build", "--no-tests"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the build failed:\n${build.stdout}${build.stderr}`);
  const run = spawnSync(process.execPath, [hardhat, "test", "solidity", ...files, "--snapshot"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true", PQMS_GAS: "1" },
  });
  if (run.status !== 0) throw new Error(`the gas tests failed:\n${run.stdout}${run.stderr}`);
  const measured = JSON.parse(readFileSync(join(root, "snapshots", "gas.json"), "utf8"));
  const sorted = Object.keys(measured).sort().map((name) => [name, Number(measured[name])]);
  return JSON.stringify(Object.fromEntries(sorted), null, 2) + "\n";
}

function main(args) {
  const unknown = args.find((arg) => arg !== "--check" && arg !== "--help");
  if (unknown !== undefined) {
    console.error(`unknown argument ${unknown}; allowed: --check, --help`);
    return 2;
  }
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  let fresh;
  try {
    fresh = measure();
  } finally {
    leftovers.forEach((path) => rmSync(path, { recursive: true, force: true }));
  }
  console.log(fresh.trimEnd());
  if (!args.includes("--check")) {
    writeFileSync(table, fresh);
    return 0;
  }
  if (readFileSync(table, "utf8") === fresh) return 0;
  console.error("contracts/gas.json differs from this measurement; run npm run contracts:gas and look at the diff");
  return 1;
}

process.exitCode = main(process.argv.slice(2));
