import { existsSync, readdirSync } from "node:fs";
import { root } from "./paths.mjs";
import { StepError, run } from "./process.mjs";

const libraryFolders = ["/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64"];

/** Checks what setup cannot install itself; names everything that is missing at once. */
export async function checkPrerequisites() {
  const problems = [await gitProblem(), await dotnetProblem(), sqliteProblem()].filter(Boolean);
  if (problems.length > 0) {
    throw new StepError(`Missing on this machine:\n${problems.map((text) => `- ${text}`).join("\n")}`,
      "install what is named above, then run it again");
  }
}

async function gitProblem() {
  const { code } = await run("git", ["--version"], { limitSeconds: 20 });
  return code === 0 ? undefined : "git (Debian: apt install git)";
}

async function dotnetProblem() {
  // Inside the repository, `dotnet --version` fails when no installed SDK satisfies global.json.
  const { code, output } = await run("dotnet", ["--version"], { cwd: root, limitSeconds: 60 });
  const where = "https://dotnet.microsoft.com/download/dotnet/10.0";
  if (code === 127) {
    return `the .NET 10 SDK: no dotnet on PATH (${where})`;
  }
  return code === 0 && output.trim().startsWith("10.")
    ? undefined
    : `the .NET 10 SDK: dotnet answers "${output.trim().split("\n")[0]}" (${where})`;
}

// macOS and Windows carry the library with the system; Linux distributions pack it apart.
function sqliteProblem() {
  if (process.platform !== "linux" || libraryFolders.some((folder) => holdsSqlite(folder))) {
    return undefined;
  }
  return "libsqlite3.so.0, the oracle's journal (Debian: apt install libsqlite3-0)";
}

function holdsSqlite(folder) {
  if (!existsSync(folder)) {
    return false;
  }
  const triplets = readdirSync(folder).filter((name) => name.includes("-linux-"));
  return ["", ...triplets].some((name) => existsSync(`${folder}/${name}/libsqlite3.so.0`));
}
