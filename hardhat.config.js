import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { compileTogether } from "./scripts/lib/compile-together.mjs";
import { embeddingTests, largeContracts, optimizerRuns, runsOfProfile, testRuns } from "./scripts/lib/contracts.mjs";

// The compiler comes from npm, so that a build needs no download.
const solc = { version: "0.8.37", path: createRequire(import.meta.url).resolve("solc/soljson.js") };

// No metadata hash: equal sources give equal bytes wherever they are built.
const metadata = { bytecodeHash: "none" };

// Tests deploy the ledger's contracts from their artifacts, so that they themselves may be compiled the quick way. The
// files that embed a library are not among them: a library is tested as it is deployed.
const quick = readdirSync(new URL("tests/contracts", import.meta.url), { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".sol") && !embeddingTests.includes(name.split("/").at(-1)))
  .map((name) => [
    `tests/contracts/${name}`,
    { ...solc, settings: { optimizer: { enabled: false }, viaIR: false, evmVersion: "cancun" } },
  ]);
// The three largest would come near the limit of 24,576 bytes with as many runs as the others.
const deployed = (runs) => ({ optimizer: { enabled: true, runs }, viaIR: true, evmVersion: "cancun", metadata });
const large = largeContracts.map((name) => [
  `contracts/${name}.sol`,
  { ...solc, settings: deployed(optimizerRuns.large) },
]);
const runs = runsOfProfile();

/** @type {import("hardhat/config").HardhatUserConfig} */
export default {
  plugins: [compileTogether],
  solidity: {
    compilers: [{ ...solc, settings: deployed(optimizerRuns.small) }],
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
      fsPermissions: { readDirectory: ["tests/vectors"], dangerouslyWriteDirectory: ["cache/calls"] },
      fuzz: { runs: runs.fuzz, seed: testRuns.seed },
      invariant: { runs: runs.invariant, depth: testRuns.depth, failOnRevert: true },
    },
  },
};
