import assert from "node:assert/strict";
import { test } from "node:test";
import { percentOf, problemsOfCoverage, readLcov, tableOf } from "../../scripts/lib/coverage.mjs";

const lcov = "TN:\nSF:contracts/B.sol\nDA:3,1\nDA:9,0\nDA:4,2\nDA:5,1\nLH:3\nLF:4\nend_of_record\n"
  + "SF:contracts/A.sol\nDA:1,1\nLH:1\nLF:1\nend_of_record\n";

test("readLcov: files in order, with the lines that ran and those that did not", () => {
  assert.deepEqual(readLcov(lcov), [
    { path: "contracts/A.sol", ran: 1, missed: [] },
    { path: "contracts/B.sol", ran: 3, missed: [9] },
  ]);
});

test("problemsOfCoverage: a file below the limit is told, one at the limit is not", () => {
  const files = readLcov(lcov);
  assert.equal(percentOf(files[1]), 75);
  assert.deepEqual(problemsOfCoverage(files, 75), []);
  assert.deepEqual(problemsOfCoverage(files, 76), ["contracts/B.sol: 75.00 % of its lines ran, at least 76 % must"]);
});

test("problemsOfCoverage: a run that measured nothing is no success", () => {
  assert.deepEqual(problemsOfCoverage(readLcov("TN:\n"), 95), ["no file was measured"]);
});

test("tableOf: a row for each file with what did not run, and their sum", () => {
  const rows = tableOf(readLcov(lcov)).split("\n");
  assert.match(rows[1], /contracts\/B\.sol +75\.00 % +4 lines {2}not run: 9$/);
  assert.match(rows[2], /all +80\.00 % +5 lines$/);
});
