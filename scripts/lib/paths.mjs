import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder, absolute. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

export const isWindows = process.platform === "win32";

/** Folder of the Node that `tools/node` installs when the system's is too old for Hardhat. */
export const toolsNodeFolder = join(root, "tools", "node");

/** Where the built `pqms` lies after a Release build. */
export const cliProject = join(root, "src", "Pqms.Cli");
export const cliAssembly = join(cliProject, "bin", "Release", "net10.0", "pqms.dll");

/** The sources of the page, and under `built` what is served. */
export const pageFolder = join(root, "src", "Pqms.Node", "Web");

/** The node binary inside `tools/node`; it may not exist. */
export function toolsNodeBinary() {
  return join(toolsNodeFolder, "node_modules", "node", "bin", isWindows ? "node.exe" : "node");
}

/** Names of the C# test projects: every `tests/<Name>.Tests/<Name>.Tests.csproj`. */
export function testProjects(repository = root) {
  const folder = join(repository, "tests");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".Tests") && existsSync(join(folder, name, `${name}.csproj`)))
    .sort();
}
