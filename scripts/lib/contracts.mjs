// Which Solidity files are compiled how; for Hardhat and for forge.

/** These would come near the limit of 24,576 bytes with as many optimizer runs as the others. */
export const largeContracts = ["ParticleAllocation", "ParticleInventory", "EntanglementNetwork"];

export const smallContracts = ["RealmRegistry", "ReportHub", "Treasury"];

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

/** Of a fuzz test and of an invariant; the nightly profile is the one of PQMS_PROFILE=nightly. */
export const testRuns = {
  seed: "0x51",
  depth: 64,
  everyDay: { fuzz: 256, invariant: 8 },
  nightly: { fuzz: 20_000, invariant: 256 },
};
