import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsIn, leavesOf, problemsOfTree, testsIn } from "../../scripts/lib/trees.mjs";

const tree = `Purse
├── pay (anyone)
│   ├── when nothing is there  → Empty(account)
│   │   └── Purse.test_Pay_WhenEmpty_reverts
│   └── else: pays
│       ├── Purse.test_Pay_pays
│       └── PurseFuzz.testFuzz_Pay_conserves
`;
const tests = new Map([
  ["Purse", new Set(["test_Pay_WhenEmpty_reverts", "test_Pay_pays"])],
  ["PurseFuzz", new Set(["testFuzz_Pay_conserves"])],
]);

test("leavesOf: what nothing hangs on, with its line", () => {
  assert.deepEqual(leavesOf(tree).map(({ line }) => line), [4, 6, 7]);
});

test("testsIn and errorsIn: the names, not those in comments", () => {
  const code = "    function test_A_b() public {\n    error Purse_Empty(address account);\n";
  const source = `    /// function test_Not(\n${code}`;
  assert.deepEqual([...testsIn(source)], ["test_A_b"]);
  assert.deepEqual(errorsIn(source), ["Empty"]);
});

test("problemsOfTree: a tree whose branches all end in tests is right", () => {
  assert.deepEqual(problemsOfTree("Purse", tree, tests, ["Empty"]), []);
});

test("problemsOfTree: a branch without test, a test that is gone and an error that is nowhere are told", () => {
  const bare = tree.replace("│   │   └── Purse.test_Pay_WhenEmpty_reverts\n", "");
  assert.match(problemsOfTree("Purse", bare, tests, [])[0], /^3: a branch without test: when nothing is there/);
  const renamed = new Map([...tests, ["PurseFuzz", new Set(["testFuzz_Pay_other"])]]);
  assert.deepEqual(problemsOfTree("Purse", tree, renamed, []),
    ["7: there is no test testFuzz_Pay_conserves in PurseFuzz.t.sol"]);
  assert.deepEqual(problemsOfTree("Purse", tree, tests, ["Locked"]), ["1: no branch names the error Locked"]);
});

test("problemsOfTree: another contract's tree and an empty one are told", () => {
  assert.deepEqual(problemsOfTree("Vault", tree, tests, []), ['1: begins with "Purse", expected "Vault"']);
  assert.deepEqual(problemsOfTree("Purse", "Purse\n", tests, []), ["1: has no branch"]);
});
