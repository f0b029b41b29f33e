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
const page = join(root, "contracts", "GAS.md");

/** The design's targets, and what others measured for the nearest operation of theirs. */
const targets = {
  "request 4h, 16 buckets, first": [205_000],
  "request 4h, 16 buckets, warm": [130_000],
  "report 3 of 5, first ring slot": [98_000, "Chainlink OCR2 transmit, 2 signatures: 91,948; 4: 110,516"],
  "report 3 of 5, re-used ring slot": [80_000, "the same"],
  "report 3 of 5, 1k leaves": [80_000, "one event each in a log of its own: 2,252 a leaf; in storage: 23,043"],
  "report 3 of 5, 1M leaves": [80_000],
  "settle per line, 50 of distinct clients": [19_000],
  "settle per line, 50 of one client": [19_000],
  "path 12 links, 16 buckets, warm": [132_000],
  "path 12 links, 17 buckets, warm": [205_000],
  "verifyEvent, 1M leaves": [65_000, "with a claim bitmap: 61,416"],
  withdraw: [33_000],
};

const help = `Runs the tests in tests/contracts/gas, each call a transaction of its own, and writes contracts/gas.json
and, beside the design's targets, contracts/GAS.md.
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

function render(table, sizes) {
  const number = (value) => value.toLocaleString("en-US");
  const rows = Object.entries(table).map(([name, gas]) => {
    const [target, anchor = ""] = targets[name] ?? [];
    const beside = target === undefined ? "" : `${number(target)}${gas > target ? " (missed)" : ""}`;
    return `| ${name} | ${number(gas)} | ${beside} | ${anchor} |`;
  });
  const bytes = Object.entries(sizes).map(([name, size]) => `| ${name} | ${number(size)} |`);
  return `# Gas and sizes

Written by \`npm run bench:gas\`; \`npm run bench:gas -- --check\` compares. Whole transactions, 21,000 included, but
for \`verifyEvent\`, which is a call. Anchors: figures of other ledgers, measured in one laboratory, by the design.

| operation | gas | target | anchors |
|---|---|---|---|
${rows.join("\n")}

| contract | deployed bytes, of 24,576 |
|---|---|
${bytes.join("\n")}
`;
}

/** Deployed bytes of the contracts as the committed ABI files state them; contracts-export checks those. */
function readSizes() {
  const exported = join(root, "src", "Pqms.Sdk", "Contracts");
  const files = readdirSync(exported).filter((name) => name.endsWith(".abi.json"));
  return Object.fromEntries(files.map((name) => {
    const { contractName, deployedSize } = JSON.parse(readFileSync(join(exported, name), "utf8"));
    return [contractName, deployedSize];
  }));
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
  const text = render(JSON.parse(fresh), readSizes());
  if (!args.includes("--check")) {
    writeFileSync(table, fresh);
    writeFileSync(page, text);
    return 0;
  }
  if (readFileSync(table, "utf8") === fresh && readFileSync(page, "utf8") === text) return 0;
  console.error("gas.json or GAS.md differs from this measurement; run npm run bench:gas and look at the diff");
  return 1;
}

process.exitCode = main(process.argv.slice(2));
