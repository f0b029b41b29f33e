import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cliAssembly, cliProject, root } from "./paths.mjs";
import { step } from "./process.mjs";

const buildInputs = ["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"];
const stampFile = join(cliProject, "bin", "Release", "net10.0", ".pqms-build");
// Without -nodeReuse:false MSBuild leaves worker processes behind that hold files and memory.
const quiet = ["-nologo", "-nodeReuse:false", "-v:quiet"];

/** Restores NuGet packages exactly as the lock files say. `target` is a project or solution. */
export async function restore(progress, target, env) {
  const args = ["restore", target, "--locked-mode", "-nodeReuse:false", "-v:quiet"];
  await step(progress, "NuGet packages", "dotnet", args, {
    cwd: root,
    env,
    limitSeconds: 600,
    next: "check the network and the NuGet source (dotnet nuget list source); after a change of packages, "
      + "run `dotnet restore` without --locked-mode and commit packages.lock.json",
  });
}

/** Builds `target` in Release, without restore. */
export async function build(progress, target, env) {
  const fingerprint = sourceFingerprint();
  await step(progress, "Release build", "dotnet", ["build", target, "-c", "Release", "--no-restore", ...quiet], {
    cwd: root,
    env,
    limitSeconds: 600,
    next: "mend the errors above; they stand in the source",
  });
  writeFileSync(stampFile, fingerprint);
}

/** Builds pqms with its packages unless the built one matches the sources. */
export async function ensureCli(progress, env) {
  if (!isBuilt()) {
    await restore(progress, cliProject, env);
    await build(progress, cliProject, env);
  }
}

/** True when `pqms.dll` was built from the sources as they are now. */
function isBuilt() {
  return existsSync(cliAssembly) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === sourceFingerprint();
}

/** Digest over path, size and time of every build input; equal means that a build would change nothing. */
export function sourceFingerprint(repository = root) {
  const hash = createHash("sha256");
  const files = [...buildInputs.map((name) => join(repository, name)), ...walk(join(repository, "src"))];
  for (const file of files.filter(existsSync)) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(repository, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function* walk(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name !== "bin" && entry.name !== "obj") {
      yield* walk(join(folder, entry.name));
    } else if (entry.isFile()) {
      yield join(folder, entry.name);
    }
  }
}
