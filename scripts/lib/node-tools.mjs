import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { isWindows, pageFolder, root, toolsNodeBinary, toolsNodeFolder } from "./paths.mjs";
import { StepError, run, step } from "./process.mjs";

/** Hardhat 3 refuses anything older. */
export const minimumNode = [22, 13];
const npmArguments = ["ci", "--no-audit", "--no-fund", "--no-progress"];
const stampName = ".pqms-setup.json";
const networkHint = "check the network and the npm registry setting (npm config get registry), then run it again";

/** True when `version` ("v22.13.0" or "22.13.0") can run Hardhat. */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1]);
}

/** The Node that runs Hardhat and npm: this one, or the one in tools/node, which is installed when needed. */
export async function ensureNode(progress) {
  if (isNewEnough(process.version)) {
    return process.execPath;
  }
  const binary = toolsNodeBinary();
  const wanted = JSON.parse(readFileSync(join(toolsNodeFolder, "package.json"), "utf8")).dependencies.node;
  if ((await versionOf(binary)) !== `v${wanted}`) {
    const label = `Node ${wanted} (the system's ${process.version} is older than Hardhat allows)`;
    await npm(progress, label, process.execPath, { cwd: toolsNodeFolder, env: process.env });
    const found = await versionOf(binary);
    if (found !== `v${wanted}`) {
      throw new StepError(`tools/node should hold Node ${wanted}, found ${found ?? "none"}.`,
        "install Node 24 yourself and put it first on PATH, then run it again");
    }
  }
  return binary;
}

async function versionOf(binary) {
  return existsSync(binary) ? (await run(binary, ["--version"], { limitSeconds: 20 })).output.trim() : undefined;
}

/** The environment for everything that follows: the right Node first on PATH, no telemetry, no colours in logs. */
export function toolEnvironment(node) {
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return {
    ...process.env,
    [pathName]: `${dirname(node)}${delimiter}${process.env[pathName] ?? ""}`,
    HARDHAT_DISABLE_TELEMETRY: "true",
    DOTNET_CLI_TELEMETRY_OPTOUT: "1",
    DOTNET_NOLOGO: "1",
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
    DOTNET_GENERATE_ASPNET_CERTIFICATE: "false",
    DOTNET_CLI_UI_LANGUAGE: "en",
    PQMS_NODE: node,
  };
}

/** Installs the packages of package-lock.json when they are not already there, complete and for this machine. */
export async function ensurePackages(progress, node) {
  const reason = packagesReason(root);
  if (!reason) {
    return;
  }
  await npm(progress, `npm packages (${reason})`, node, { cwd: root, env: toolEnvironment(node) });
  const left = nativePackageMissing(join(root, "node_modules"));
  if (left) {
    throw new StepError(`${left} after npm ci: npm leaves it out on platforms Hardhat does not support.`,
      `Hardhat has no native package for ${process.platform}-${process.arch}, or npm ran with --omit=optional`);
  }
  writeFileSync(join(root, "node_modules", stampName), JSON.stringify(stampOf(root)));
}

/** Installs the packages of the page, which only its tests and its build need. */
export async function ensurePagePackages(progress, node) {
  const stampFile = join(pageFolder, "node_modules", stampName);
  const stamp = JSON.stringify(stampOf(pageFolder));
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) {
    return;
  }
  await npm(progress, "npm packages of the page", node, { cwd: pageFolder, env: toolEnvironment(node) });
  writeFileSync(stampFile, stamp);
}

/** Why the root's packages must be installed, or undefined when they need not. */
export function packagesReason(repository) {
  const folder = join(repository, "node_modules");
  if (!existsSync(folder)) {
    return "first time";
  }
  const missing = nativePackageMissing(folder);
  if (missing) {
    return `${missing}: npm ran under an old Node`;
  }
  const stampFile = join(folder, stampName);
  if (!existsSync(stampFile)) {
    return "installed by other means";
  }
  return readFileSync(stampFile, "utf8") === JSON.stringify(stampOf(repository)) ? undefined : "lock file changed";
}

// npm under Node < 22 silently skips the optional native package, and `hardhat node` then fails with HHE200.
function nativePackageMissing(folder) {
  const scope = join(folder, "@nomicfoundation");
  const prefix = `edr-${process.platform}-${process.arch}`;
  const found = existsSync(scope) && readdirSync(scope).some((name) => name.startsWith(prefix));
  return found ? undefined : `native package ${prefix} is missing`;
}

function stampOf(repository) {
  const lock = readFileSync(join(repository, "package-lock.json"));
  return {
    lock: createHash("sha256").update(lock).digest("hex"),
    platform: `${process.platform}-${process.arch}`,
  };
}

async function npm(progress, label, node, { cwd, env }) {
  const [command, ...args] = npmCommand(node, npmArguments);
  await step(progress, label, command, args, { cwd, env, limitSeconds: 600, next: networkHint });
}

/** The program and arguments that run npm under the given Node. */
export function npmCommand(node, args) {
  const cli = npmCli();
  return cli ? [node, cli, ...args] : ["npm", ...args];
}

// npm's own script, so that it can be run by a Node other than the one it was installed with.
function npmCli() {
  const fromNode = dirname(realpathSync(process.execPath));
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "npm")).find(existsSync);
  const candidates = [
    process.env.npm_execpath,
    join(fromNode, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(fromNode, "node_modules", "npm", "bin", "npm-cli.js"),
    !isWindows && onPath ? realpathSync(onPath) : undefined,
    "/usr/share/nodejs/npm/bin/npm-cli.js",
  ];
  return candidates.find((path) => path?.endsWith("npm-cli.js") && existsSync(path));
}
