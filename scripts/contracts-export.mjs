// Writes the ABI and bytecode of the ledger's contracts to where the C# generator reads them.
// Usage: node scripts/contracts-export.mjs [--check] [--help]
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "src", "Pqms.Sdk", "Contracts");
const names = [
  "EntanglementNetwork",
  "ParticleAllocation",
  "ParticleInventory",
  "RealmRegistry",
  "ReportHub",
  "Treasury",
];

/** EIP-170: a contract with more code than this cannot be deployed. */
const maxDeployedBytes = 24_576;

const help = `Writes src/Pqms.Sdk/Contracts/<Name>.abi.json for ${names.join(", ")}.
  --check   writes nothing; fails when a committed file differs from a fresh build
  --help    this text`;

/** One entry per line, so that a diff of the file shows what changed. */
function render(artifact) {
  const abi = artifact.abi.map((entry) => "    " + JSON.stringify(entry)).join(",\n");
  const deployedSize = (artifact.deployedBytecode.length - 2) / 2;
  return `{
  "contractName": ${JSON.stringify(artifact.contractName)},
  "abi": [
${abi}
  ],
  "bytecode": ${JSON.stringify(artifact.bytecode)},
  "deployedSize": ${deployedSize}
}
`;
}

function build() {
  const hardhat = join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  execFileSync(process.execPath, [hardhat, "build", "--no-tests"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: "true" },
  });
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

function main(args) {
  const unknown = args.filter((arg) => arg !== "--check" && arg !== "--help");
  if (unknown.length > 0) {
    console.error(`unknown argument ${unknown[0]}; allowed: --check, --help`);
    return 2;
  }
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const check = args.includes("--check");
  build();
  mkdirSync(target, { recursive: true });
  let stale = 0;
  for (const name of names) {
    const artifactPath = join(root, "artifacts", "contracts", `${name}.sol`, `${name}.json`);
    const artifact = JSON.parse(readFileSync(artifactPath, "utf8"));
    const text = render(artifact);
    const path = join(target, `${name}.abi.json`);
    const size = (artifact.deployedBytecode.length - 2) / 2;
    if (size > maxDeployedBytes) {
      console.error(`${name}: ${size} bytes deployed, allowed ${maxDeployedBytes}`);
      return 1;
    }
    if (readOrEmpty(path) === text) {
      console.log(`${name}: ${size} bytes, up to date`);
    } else if (check) {
      console.error(`${name}: the committed file differs from a fresh build; run npm run contracts:export`);
      stale++;
    } else {
      writeFileSync(path, text);
      console.log(`${name}: ${size} bytes, written`);
    }
  }
  return stale === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
