import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sourceFingerprint } from "../../scripts/lib/dotnet.mjs";
import { isNewEnough, packagesReason } from "../../scripts/lib/node-tools.mjs";

function inFolder(body) {
  const folder = mkdtempSync(join(tmpdir(), "pqms-scripts-"));
  try {
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [version, expected] of [
  ["v20.20.2", false],
  ["v22.12.9", false],
  ["v22.13.0", true],
  ["22.13.0", true],
  ["v24.0.0", true],
  ["v9.99.0", false],
]) {
  test(`isNewEnough: ${version} is ${expected}`, () => {
    assert.equal(isNewEnough(version), expected);
  });
}

const native = `@nomicfoundation/edr-${process.platform}-${process.arch}-gnu`;

test("packagesReason: nothing installed", () => inFolder((folder) => {
  assert.equal(packagesReason(folder), "first time");
}));

test("packagesReason: installed under an old Node, which leaves the native package out", () => inFolder((folder) => {
  mkdirSync(join(folder, "node_modules", "@nomicfoundation", "edr"), { recursive: true });
  assert.match(packagesReason(folder), /native package .* is missing/);
}));

test("packagesReason: installed by other means, then by setup, then the lock file changes", () => inFolder((folder) => {
  mkdirSync(join(folder, "node_modules", native), { recursive: true });
  writeFileSync(join(folder, "package-lock.json"), "{}");
  assert.equal(packagesReason(folder), "installed by other means");
  const lock = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  const stamp = { lock, platform: `${process.platform}-${process.arch}` };
  writeFileSync(join(folder, "node_modules", ".pqms-setup.json"), JSON.stringify(stamp));
  assert.equal(packagesReason(folder), undefined);
  writeFileSync(join(folder, "package-lock.json"), '{"changed":true}');
  assert.equal(packagesReason(folder), "lock file changed");
}));

test("sourceFingerprint: changes with time, new and removed files, not with build output", () => inFolder((folder) => {
  const source = join(folder, "src", "A", "A.cs");
  mkdirSync(join(folder, "src", "A", "obj"), { recursive: true });
  writeFileSync(source, "class A;");
  const first = sourceFingerprint(folder);
  writeFileSync(join(folder, "src", "A", "obj", "x.cs"), "");
  assert.equal(sourceFingerprint(folder), first);
  utimesSync(source, 1, 1);
  const touched = sourceFingerprint(folder);
  assert.notEqual(touched, first);
  const other = join(folder, "src", "A", "B.cs");
  writeFileSync(other, "");
  assert.notEqual(sourceFingerprint(folder), touched);
  rmSync(other);
  assert.equal(sourceFingerprint(folder), touched);
}));
