import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOfCalls, readCalls, tellCalls } from "../../scripts/lib/calls.mjs";

const word = (name) => `0x${Buffer.from(name).toString("hex").padEnd(64, "0")}`;
const line = (deposits, passes) => `${word("deposit")}=${deposits} ${word("pass")}=${passes} ${word("refusal")}=1 \n`;

test("readCalls: runs are added up; time and refusals are told and not counted", () => {
  const { runs, real, operations } = readCalls("Treasury", line(60, 4) + line(1500, 3));
  assert.deepEqual([runs, real], [2, 1560]);
  assert.deepEqual([...operations], [["deposit", 1560], ["pass", 7], ["refusal", 2]]);
});

test("readCalls: two lines that came onto one are two runs", () => {
  assert.equal(readCalls("Treasury", `${line(60, 4).trimEnd()} ${line(1, 3)}\n`).runs, 2);
  assert.equal(readCalls("Treasury", "").runs, 0);
});

test("tellCalls: one line with all of it", () => {
  assert.equal(tellCalls(readCalls("Treasury", line(1500, 3))),
    "invariants of Treasury: 1,500 calls in 1 runs (deposit 1,500, pass 3, refusal 1)");
});

test("problemsOfCalls: too few calls, and a contract that never ran, are told", () => {
  const counts = [readCalls("Treasury", line(999, 5000))];
  assert.deepEqual(problemsOfCalls(counts, ["Treasury"], 999), []);
  assert.deepEqual(problemsOfCalls(counts, ["Treasury", "Ledger"], 1000), [
    "invariants of Treasury: 999 calls succeeded, at least 1000 must",
    "invariants of Ledger: no run was counted",
  ]);
});
