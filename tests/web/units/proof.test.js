import { readFileSync } from "node:fs";
import { depth, leafHash, steps } from "../../../src/Pqms.Node/Web/src/proof.js";

// A real proof, and what the hub's digestOf answered for its report.
const { proof, digest } = JSON.parse(readFileSync(new URL("proof.json", import.meta.url), "utf8"));

const altered = (change) => {
  const copy = structuredClone(proof);
  change(copy);
  return copy;
};
const flip = (text) => text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
const holds = (found) => found.steps.every((step) => step.ok) && found.digest === digest;

describe("a proof", () => {
  it("leads from the event to what the chain keeps", () => {
    const found = steps(proof);
    expect(found.steps.every((step) => step.ok)).toBe(true);
    expect(found.digest).toBe(digest);
    expect(found.steps).toHaveLength(proof.siblings.length + 4);
  });

  it.each([
    ["the event", (copy) => { copy.payload = flip(copy.payload); }],
    ["a neighbour", (copy) => { copy.siblings[0] = flip(copy.siblings[0]); }],
    ["the time of acceptance", (copy) => { copy.acceptedAtSeconds += 1; }],
    ["a neighbour too few", (copy) => { copy.siblings.pop(); }],
    ["a neighbour too many", (copy) => { copy.siblings.push(copy.siblings[0]); }],
    ["the place", (copy) => { copy.leaf.index += 1; }],
    ["a place outside the report", (copy) => { copy.leaf.index = 1_000_000; }],
    ...Array.from({ length: 12 }, (_, field) => [
      `field ${field} of the report`, (copy) => { copy.report[field] = flip(copy.report[field]); }]),
  ])("does not hold with another value for %s", (_, change) => expect(holds(steps(altered(change)))).toBe(false));

  it.each([
    ["no hexadecimal text", (copy) => { copy.payload = "0xzz"; }],
    ["half a byte", (copy) => { copy.payload = "0x123"; }],
    ["a number", (copy) => { copy.payload = 7; }],
    ["a short neighbour", (copy) => { copy.siblings[0] = "0x12"; }],
    ["too few fields", (copy) => { copy.report.pop(); }],
    ["a path without end", (copy) => { copy.siblings = Array(65).fill(copy.siblings[0]); }],
  ])("is refused with %s", (_, change) => expect(() => steps(altered(change))).toThrow());
});

describe("the tree", () => {
  it.each([[0n, 0], [1n, 0], [2n, 1], [3n, 2], [4n, 2], [5n, 3], [1_000_000n, 20]])(
    "has over %s leaves %s levels", (count, levels) => expect(depth(count)).toBe(levels));

  it("hashes an empty event like Solidity's abi.encode", () =>
    // keccak256(keccak256(abi.encode(uint64(1), uint64(0), hex""))), by ethers 6.17.0.
    expect(Buffer.from(leafHash(1, 0, new Uint8Array(0))).toString("hex"))
      .toBe("27db542735f66aa7676c28e3dad977c7d87f43590a14f5e295f1f9970a78d3c5"));
});
