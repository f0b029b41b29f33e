// Readies a copy of the contracts and their tests for forge: the repository needs no settings of its own for it.
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  copyContracts,
  embeddingTests,
  largeContracts,
  optimizerRuns,
  runsOfProfile,
  smallContracts,
  testRuns,
} from "./contracts.mjs";
import { isWindows, root } from "./paths.mjs";

const require = createRequire(import.meta.url);

/** Kept between runs: forge compiles only what changed. */
const place = join(root, "cache", "forge");

/** forge's binary for this machine; undefined when npm has none, or none was installed. */
export function findForge() {
  // forge calls the compiler as a program; the one from npm is a script, for which Windows has no such call.
  if (isWindows) return undefined;
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  try {
    return require.resolve(`@foundry-rs/forge-${process.platform}-${architecture}/bin/forge`);
  } catch {
    return undefined;
  }
}

/** Copies what forge reads and writes its settings; returns the folder to run it in. */
export function prepare() {
  copyContracts(place);
  // What failed once is tried first ever after, as a shorter sequence of calls, which is too short for an invariant.
  rmSync(join(place, "cache", "invariant"), { recursive: true, force: true });
  const compiler = join(place, "solc");
  const wrapper = join(root, "scripts", "lib", "solc-stdin.mjs");
  writeFileSync(compiler, `#!/bin/sh\nexec '${process.execPath}' '${wrapper}' "$@"\n`);
  chmodSync(compiler, 0o755);
  writeFileSync(join(place, "foundry.toml"), settings(compiler, runsOfProfile()));
  return place;
}

/** As hardhat.config.js: tests the quick way, contracts and what embeds a library as they are deployed. */
function settings(compiler, runs) {
  const files = (names, extension) => names.map((name) => `${name}${extension}`).join(",");
  const [small, large] = [optimizerRuns.small, optimizerRuns.large];
  const packages = join(root, "node_modules", "@openzeppelin");
  return `[profile.default]
src = "contracts"
test = "tests/contracts"
libs = []
remappings = ["@openzeppelin/=${packages}/"]
auto_detect_remappings = false
allow_paths = ["${packages}"]
solc = "${compiler}"
evm_version = "cancun"
optimizer = false
via_ir = false
bytecode_hash = "none"
fs_permissions = [{ access = "read", path = "tests/vectors" }]
additional_compiler_profiles = [
  { name = "small", via_ir = true, optimizer = true, optimizer_runs = ${small} },
  { name = "large", via_ir = true, optimizer = true, optimizer_runs = ${large} },
]
compilation_restrictions = [
  { paths = "contracts/{${files(smallContracts, ".sol")}}", min_optimizer_runs = ${small} },
  { paths = "contracts/{${files(largeContracts, ".sol")}}", via_ir = true, max_optimizer_runs = ${large} },
  { paths = "tests/contracts/**/{${files(embeddingTests, "")}}", min_optimizer_runs = ${small} },
]

[profile.default.fuzz]
runs = ${runs.fuzz}
seed = "${testRuns.seed}"

[profile.default.invariant]
runs = ${runs.second}
depth = ${testRuns.depth}
fail_on_revert = true
`;
}
