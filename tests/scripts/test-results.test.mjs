import assert from "node:assert/strict";
import { test } from "node:test";
import {
  flatTapResult, forgeResult, hardhatResult, proofResult, summary, tapResult, trxResult,
} from "../../scripts/lib/test-results.mjs";

const counts = ({ passed, failed, skipped }) => [passed, failed, skipped];

function trx({ total, executed, passed, failed, outcome = "Completed", results = "" }) {
  return `<TestRun>${results}<ResultSummary outcome="${outcome}"><Counters total="${total}" executed="${executed}" `
    + `passed="${passed}" failed="${failed}" error="0" notExecuted="0" /></ResultSummary></TestRun>`;
}

test("trxResult: passed, failed and skipped are read, failed tests are named", () => {
  const results = '<UnitTestResult executionId="1" testName="A.B(x: &quot;y&quot;)" outcome="Failed"></UnitTestResult>';
  const xml = trx({ total: 5, executed: 4, passed: 3, failed: 1, outcome: "Failed", results });
  const result = trxResult("A", xml, 1);
  assert.deepEqual(counts(result), [3, 1, 1]);
  assert.deepEqual(result.problems, ['A.B(x: "y")']);
});

test("trxResult: a missing file is a failure", () => {
  assert.deepEqual(counts(trxResult("A", undefined, 0)), [0, 1, 0]);
});

test("trxResult: an empty or cut-off file is a failure", () => {
  assert.deepEqual(counts(trxResult("A", "<TestRun>", 0)), [0, 1, 0]);
});

test("trxResult: zero tests are a failure", () => {
  assert.deepEqual(counts(trxResult("A", trx({ total: 0, executed: 0, passed: 0, failed: 0 }), 0)), [0, 1, 0]);
});

test("trxResult: only skipped tests are a failure", () => {
  assert.deepEqual(counts(trxResult("A", trx({ total: 2, executed: 0, passed: 0, failed: 0 }), 0)), [0, 1, 2]);
});

test("trxResult: a host that crashed after some passes is a failure", () => {
  assert.deepEqual(counts(trxResult("A", trx({ total: 3, executed: 3, passed: 3, failed: 0 }), 1)), [3, 1, 0]);
  const aborted = trx({ total: 3, executed: 3, passed: 3, failed: 0, outcome: "Failed" });
  assert.deepEqual(counts(trxResult("A", aborted, 0)), [3, 1, 0]);
});

const hardhat = (summaryLines, listed = "    ✔ test_a()\n    ✔ testFuzz_b(uint256) (runs: 256)\n") =>
  `Running Solidity tests\n\n  contracts/A.t.sol:ATest\n${listed}\n\n${summaryLines}\n`;

test("hardhatResult: passing tests are counted", () => {
  assert.deepEqual(counts(hardhatResult("S", hardhat("  2 passing\n"), 0)), [2, 0, 0]);
});

test("hardhatResult: failing and skipped tests are counted and named, colours do not matter", () => {
  const listed = "    \u001b[32m✔\u001b[39m test_a()\n    1) test_bad()\n    - test_c()\n";
  const output = hardhat("  1 passing\n  1 failing\n  1 skipped\n\n  1) ATest#test_bad()", listed);
  const result = hardhatResult("S", output, 1);
  assert.deepEqual(counts(result), [1, 1, 1]);
  assert.deepEqual(result.problems, ["test_bad()"]);
});

test("hardhatResult: a compiler error without a summary is a failure", () => {
  assert.deepEqual(counts(hardhatResult("S", "Error HHE900: compilation failed\n", 1)), [0, 1, 0]);
});

test("hardhatResult: no test, a code without failures or a listing that differs is a failure", () => {
  assert.deepEqual(counts(hardhatResult("S", hardhat("  0 passing\n", ""), 0)), [0, 1, 0]);
  assert.deepEqual(counts(hardhatResult("S", hardhat("  2 passing\n"), 1)), [2, 1, 0]);
  assert.deepEqual(counts(hardhatResult("S", hardhat("  3 passing\n"), 0)), [3, 1, 0]);
});

test("tapResult: counts and names are read", () => {
  const output = "ok 1 - a\nnot ok 2 - b\n1..2\n# tests 3\n# pass 1\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n";
  const result = tapResult("T", output, 1);
  assert.deepEqual(counts(result), [1, 1, 1]);
  assert.deepEqual(result.problems, ["b"]);
});

test("tapResult: no output is a failure", () => {
  assert.deepEqual(counts(tapResult("T", "", 0)), [0, 1, 0]);
});

test("summary: skipped is named only when there is any; nothing passed is not ok", () => {
  const result = (passed, failed, skipped) => ({ suite: "A", passed, failed, skipped, problems: [] });
  assert.deepEqual(summary([result(2, 0, 0), result(3, 0, 0)]), { line: "5 passed, 0 failed", ok: true });
  assert.deepEqual(summary([result(2, 1, 4)]), { line: "2 passed, 1 failed, 4 skipped", ok: false });
  assert.equal(summary([]).ok, false);
});

const forgeSum = (passed, failed) =>
  `Ran 2 test suites in 1.07s (2.01s CPU time): ${passed} tests passed, ${failed} failed, 0 skipped (3 total tests)\n`;

test("forgeResult: passed tests are counted", () => {
  assert.deepEqual(counts(forgeResult("F", `[PASS] test_a() (gas: 3)\n${forgeSum(3, 0)}`, 0)), [3, 0, 0]);
});

test("forgeResult: failed tests are counted and named once, an invariant by the name after its calls", () => {
  const unit = "[FAIL: NotTrue(\"x\")] test_b(uint256) (gas: 3)\n";
  const calls = "\t[Sequence] (original: 2)\n\t\tsender=0x1 args=[1]\n";
  const invariant = `[FAIL: Above(2, 1)]\n${calls} invariant_C() (runs: 1)\n`;
  const result = forgeResult("F", `${unit}${invariant}${forgeSum(1, 2)}Failing tests:\n${unit}${invariant}`, 1);
  assert.deepEqual(counts(result), [1, 2, 0]);
  assert.deepEqual(result.problems, ["test_b", "invariant_C"]);
});

test("forgeResult: without forge one test is skipped; without a summary it is a failure", () => {
  assert.deepEqual(counts(forgeResult("F", "skipped: there is no forge for win32 x64\n", 0)), [0, 0, 1]);
  assert.deepEqual(counts(forgeResult("F", "Compiler run failed:\n", 1)), [0, 1, 0]);
  assert.deepEqual(counts(forgeResult("F", forgeSum(3, 0), 1)), [3, 1, 0]);
});

test("proofResult: every assertion is a test, those not proven are named", () => {
  const proven = "Model.sol:12: proven: assert(a == b);\n";
  assert.deepEqual(counts(proofResult("P", `${proven}1 proven, 0 not proven, in 1 models\n`, 0)), [1, 0, 0]);
  const open = "Model.sol:13: not proven, Assertion violation happens here: assert(a < b);\n";
  const result = proofResult("P", `${proven}${open}1 proven, 1 not proven, in 1 models\n`, 1);
  assert.deepEqual(counts(result), [1, 1, 0]);
  assert.deepEqual(result.problems, [open.trim()]);
});

test("proofResult: without z3 one test is skipped, never passed; without a sum it is a failure", () => {
  assert.deepEqual(counts(proofResult("P", "skipped: z3 is missing; nothing was proven\n", 0)), [0, 0, 1]);
  assert.deepEqual(counts(proofResult("P", "", 0)), [0, 1, 0]);
  assert.deepEqual(counts(proofResult("P", "0 proven, 0 not proven, in 0 models\n", 0)), [0, 1, 0]);
});

test("flatTapResult: tests are counted line by line, and held against the plan", () => {
  const output = "TAP version 13\n1..3\nok 1 - a > b # time=1ms\nnot ok 2 - c # time=1ms\nok 3 - d # SKIP\n";
  const result = flatTapResult("T", output, 1);
  assert.deepEqual(counts(result), [1, 1, 1]);
  assert.deepEqual(result.problems, ["c # time=1ms"]);
  assert.deepEqual(counts(flatTapResult("T", "1..2\nok 1 - a\n", 0)), [1, 1, 0]);
  assert.deepEqual(counts(flatTapResult("T", "", 0)), [0, 1, 0]);
});
