import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import solc from "solc";
import { root } from "../../scripts/lib/paths.mjs";

const folder = join(root, "src", "Pqms.Ethereum", "Example");

function compiled() {
  const input = {
    language: "Solidity",
    sources: { "Counter.sol": { content: readFileSync(join(folder, "Counter.sol"), "utf8") } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      viaIR: true,
      evmVersion: "cancun",
      metadata: { bytecodeHash: "none", appendCBOR: false },
      outputSelection: { "*": { Counter: ["abi", "evm.bytecode.object"] } },
    },
  };
  return JSON.parse(solc.compile(JSON.stringify(input))).contracts["Counter.sol"].Counter;
}

test("the quick start's ABI file is what the compiler makes of its contract", () => {
  const committed = JSON.parse(readFileSync(join(folder, "Counter.abi.json"), "utf8"));
  const { abi, evm } = compiled();
  assert.deepEqual(committed.abi, abi);
  assert.equal(committed.bytecode, `0x${evm.bytecode.object}`);
});
