import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";

const run = (folder, ...args) =>
  spawnSync(process.execPath, [join(folder, "scripts", "autobahn.mjs"), ...args], { encoding: "utf8" });

test("autobahn: the committed scenarios are what the script writes", () => {
  const { status, stderr } = run(root, "--check");
  assert.equal(status, 0, stderr);
});

test("autobahn --check: a changed file is found and mended by writing", () => {
  const folder = mkdtempSync(join(tmpdir(), "pqms-autobahn-"));
  try {
    for (const name of ["scripts", "scenarios"]) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    copyFileSync(join(root, "package.json"), join(folder, "package.json"));
    const file = join(folder, "scenarios", "autobahn-10.json");
    writeFileSync(file, readFileSync(file, "utf8").replace("48.77", "48.78"));
    const { status, stderr } = run(folder, "--check");
    assert.equal(status, 1);
    assert.match(stderr, /autobahn-10\.json is not what this script writes/);
    assert.equal(run(folder).status, 0);
    assert.equal(run(folder, "--check").status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("autobahn --help: says how to use it", () => {
  const { status, stdout } = run(root, "--help");
  assert.equal(status, 0);
  assert.match(stdout, /Example: node scripts\/autobahn\.mjs/);
});
