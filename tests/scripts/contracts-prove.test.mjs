import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";

const models = join("tests", "contracts", "smt");
const run = (folder, args, env = process.env) =>
  spawnSync(process.execPath, [join(folder, "scripts", "contracts-prove.mjs"), ...args], { encoding: "utf8", env });
const skip = spawnSync("z3", ["--version"]).error ? "z3 is missing" : false;

test("contracts-prove: an unknown model is refused with the names there are", () => {
  const { status, stderr } = run(root, ["Nobody"]);
  assert.equal(status, 2);
  assert.match(stderr, /unknown model Nobody; allowed: .*TreasuryModel/);
});

test("contracts-prove: without a solver it says that nothing was proven", () => {
  const { status, stdout } = run(root, [], { ...process.env, PATH: "", Path: "" });
  assert.equal(status, 0);
  assert.match(stdout, /^skipped: z3 is missing; nothing was proven/);
});

test("contracts-prove: a model that makes a wei out of nothing is found", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pqms-prove-test-"));
  try {
    cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    mkdirSync(join(folder, models), { recursive: true });
    const right = readFileSync(join(root, models, "TreasuryModel.sol"), "utf8");
    const wrong = right.replace("_credits[payer] + refund)", "_credits[payer] + refund + 1)");
    assert.notEqual(wrong, right);
    writeFileSync(join(folder, models, "TreasuryModel.sol"), wrong);
    const { status, stdout, stderr } = run(folder, ["TreasuryModel"]);
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout, /not proven, Assertion violation happens here: assert\(_owed \+ paid == owed\);/);
    assert.match(stdout, /13 proven, 1 not proven, in 1 models/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("contracts-prove: the treasury's model is proven", { skip }, () => {
  const { status, stdout, stderr } = run(root, ["TreasuryModel"]);
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /14 proven, 0 not proven, in 1 models/);
});
