import { readdirSync } from "node:fs";
import { createRequire } from "node:module";

// The compiler comes from npm, so that a build needs no download.
const solc = { version: "0.8.37", path: createRequire(import.meta.url).resolve("solc/soljson.js") };

// No metadata hash: equal sources give equal bytes wherever they are built.
const metadata = { bytecodeHash: "none" };

// Tests deploy the ledger's contracts from their artifacts, so that they themselves may be compiled the quick way. The
// files that embed a library are not among them: a library is tested as it is deployed.
const embedding = [
  "Calendar.t.sol",
  "CalendarCarry.t.sol",
  "CalendarGas.t.sol",
  "Casts.t.sol",
  "Leaves.t.sol",
  "Libraries.t.sol",
  "Pricing.t.sol",
];
const quick = readdirSync(new URL("tests/contracts", import.meta.url), { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".sol") && !embedding.includes(name.split("/").at(-1)))
  .map((name) => [
    `tests/contracts/${name}`,
    { ...solc, settings: { optimizer: { enabled: false }, viaIR: false, evmVersion: "cancun" } },
  ]);
// The three largest would come near the limit of 24,576 bytes with as many runs as the others.
const large = ["ParticleAllocation", "ParticleInventory", "EntanglementNetwork"].map((name) => [
  `contracts/${name}.sol`,
  { ...solc, settings: { optimizer: { enabled: true, runs: 200 }, viaIR: true, evmVersion: "cancun", metadata } },
]);
const nightly = process.env.PQMS_PROFILE === "nightly";

/** @type {import("hardhat/config").HardhatUserConfig} */
export default {
  solidity: {
    compilers: [
      {
        ...solc,
        settings: {
          optimizer: { enabled: true, runs: 10_000 },
          viaIR: true,
          evmVersion: "cancun",
          metadata,
        },
      },
    ],
    overrides: Object.fromEntries([...large, ...quick]),
  },
  paths: { sources: "contracts", tests: { solidity: "tests/contracts" } },
  networks: {
    // What `hardhat node` serves: a block each second, whether or not there are transactions.
    node: {
      type: "edr-simulated",
      chainId: 31337,
      hardfork: "cancun",
      allowBlocksWithSameTimestamp: false,
      mining: { auto: false, interval: 1000 },
    },
  },
  test: {
    solidity: {
      timeout: 60_000,
      // For the gas table each call is a transaction of its own, as on a chain.
      isolate: process.env.PQMS_GAS === "1",
      fsPermissions: { readDirectory: ["tests/vectors"] },
      fuzz: { runs: nightly ? 20_000 : 256, seed: "0x51" },
      invariant: { runs: nightly ? 256 : 8, depth: 64, failOnRevert: true },
    },
  },
};
