import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

const module = new URL("../../scripts/lib/serve.mjs", import.meta.url).href;

// Counts the signals it gets, waits a moment for more, prints the count and ends with code 7.
const program = `
  let count = 0;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      count += 1;
      setTimeout(() => { console.log(signal + " " + count); process.exit(7); }, 200);
    });
  }
  setInterval(() => {}, 1000);
  console.log("ready");`;
const parent = `
  const { serve } = await import(${JSON.stringify(module)});
  process.exit(await serve(process.execPath, ["-e", ${JSON.stringify(program)}], { env: process.env }));`;

async function outcomeOf(...signals) {
  const args = ["--input-type=module", "-e", parent];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout.setEncoding("utf8");
  let output = "";
  child.stdout.on("data", (text) => {
    if (output === "") {
      signals.forEach((signal) => child.kill(signal));
    }
    output += text;
  });
  const [code] = await once(child, "close");
  return { code, output };
}

for (const [sent, seen] of [[["SIGINT", "SIGINT"], "SIGINT"], [["SIGTERM"], "SIGTERM"], [["SIGHUP"], "SIGTERM"]]) {
  test(`serve: ${sent.join(" and ")} reaches the program as one ${seen}, its exit code comes back`, async () => {
    assert.deepEqual(await outcomeOf(...sent), { code: 7, output: `ready\n${seen} 1\n` });
  });
}
