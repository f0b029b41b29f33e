import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";

test("contracts-forge: where npm has no forge it says so, runs nothing and is no failure", () => {
  const folder = mkdtempSync(join(tmpdir(), "pqms-forge-test-"));
  try {
    cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "scripts", "contracts-forge.mjs")],
      { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^skipped: there is no forge for \w+ \w+, or npm left it out/);
    assert.equal(existsSync(join(folder, "cache")), false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
