import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { root } from "../../scripts/lib/paths.mjs";

const run = (...args) => spawnSync(process.execPath, [join(root, "scripts", "soak.mjs"), ...args], {
  encoding: "utf8",
});

test("soak --help: says how to use it and starts nothing", () => {
  const { status, stdout, stderr } = run("--help");
  assert.equal(status, 0, stderr);
  assert.match(stdout, /Example: npm run soak -- --minutes 5/);
});

for (const minutes of ["0", "-1", "soon", "10001", undefined]) {
  test(`soak --minutes ${minutes}: is refused with what is allowed`, () => {
    const { status, stderr } = run("--minutes", ...(minutes === undefined ? [] : [minutes]));
    assert.notEqual(status, 0);
    assert.match(stderr, /at most 10000/);
  });
}
