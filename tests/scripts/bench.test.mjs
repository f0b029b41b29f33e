import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";

test("bench --help: says how to use it and builds nothing", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts", "bench.mjs"), "--help"], {
    encoding: "utf8",
  });
  assert.equal(status, 0);
  assert.match(stdout, /Example: npm run bench -- --quick/);
  assert.equal(stderr, "");
});
