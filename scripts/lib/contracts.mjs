// Which Solidity files are compiled how and run how often; for Hardhat and for forge.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** These would come near the limit of 24,576 bytes with as many optimizer runs as the others. */
export const largeContracts = ["ParticleAllocation", "ParticleInventory", "EntanglementNetwork"];

export const smallContracts = ["RealmRegistry", "ReportHub", "Treasury"];

/** All contracts that are deployed. */
export const contractNames = [...largeContracts, ...smallContracts].sort();

export const optimizerRuns = { large: 200, small: 10_000 };

/** Test files that embed a library: it is tested as it is deployed, so they are compiled as contracts are. */
export const embeddingTests = [
  "Calendar.t.sol",
  "CalendarCarry.t.sol",
  "CalendarGas.t.sol",
  "Casts.t.sol",
  "Leaves.t.sol",
  "Libraries.t.sol",
  "Pricing.t.sol",
];

/**
 * Runs of a fuzz test and of an invariant, of an invariant with the second runner, and the calls that the handler of
 * each invariant contract must really do in all of the first one's.
 */
export const testRuns = {
  seed: "0x51",
  depth: 64,
  everyDay: { fuzz: 256, invariant: 8, second: 8, calls: 1000 },
  nightly: { fuzz: 20_000, invariant: 576, second: 144, calls: 100_000 },
};

/** Those of the profile that was asked for: nightly with PQMS_PROFILE=nightly. */
export function runsOfProfile() {
  return process.env.PQMS_PROFILE === "nightly" ? testRuns.nightly : testRuns.everyDay;
}

/** Names of the Solidity files in tests/contracts, relative to it. */
export function testFiles() {
  return readdirSync(join(root, "tests", "contracts"), { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".sol"));
}

/**
 * Copies contracts and tests to a folder under cache/, whose results stay apart from those of the everyday build.
 * `without` are files or folders in tests/contracts that are left out.
 */
export function copyContracts(place, without = []) {
  mkdirSync(place, { recursive: true });
  for (const folder of ["contracts", "tests/contracts", "tests/vectors"]) {
    rmSync(join(place, folder), { recursive: true, force: true });
    cpSync(join(root, folder), join(place, folder), { recursive: true, preserveTimestamps: true });
  }
  without.forEach((name) => rmSync(join(place, "tests", "contracts", name), { recursive: true }));
}
