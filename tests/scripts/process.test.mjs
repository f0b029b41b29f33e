import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { StepError, run, step, tail } from "../../scripts/lib/process.mjs";
import { Progress } from "../../scripts/lib/progress.mjs";

const node = (code) => [process.execPath, ["-e", code]];

function recorder() {
  const lines = [];
  return { lines, stream: { write: (text) => lines.push(text.trimEnd()) } };
}

// A killed process that nobody has waited for yet is a zombie: it still has an id, but does nothing.
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

// A signal is delivered in the system's own time: on a busy machine a moment after the parent's end was seen.
async function isGoneSoon(pid) {
  for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end;) {
    await new Promise((resume) => setTimeout(resume, 10));
  }
  return !isAlive(pid);
}

// One second at a time: a single long tick would show every timer the same, last moment.
function pass(context, seconds) {
  for (let second = 0; second < seconds; second += 1) {
    context.mock.timers.tick(1000);
  }
}

test("run: output of both streams, the code and whole lines are given", async () => {
  const lines = [];
  const [command, args] = node('process.stdout.write("a\\nb"); process.stdout.write("c\\n"); process.exit(3)');
  const result = await run(command, args, { onLine: (line) => lines.push(line) });
  assert.equal(result.code, 3);
  assert.equal(result.output, "a\nbc\n");
  assert.deepEqual(lines, ["a", "bc"]);
});

test("run: a program that does not exist ends with 127", async () => {
  assert.equal((await run("pqms-no-such-program", [])).code, 127);
});

test("run: a program over its time limit is ended with its children", async () => {
  const child = 'const c = require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); '
    + "console.log(c.pid); setInterval(() => {}, 1000)";
  const [command, args] = node(child);
  let result;
  // On a loaded machine a short limit may pass before the child has started its own.
  for (let limitSeconds = 1; limitSeconds < 60 && !result?.output; limitSeconds *= 4) {
    result = await run(command, args, { limitSeconds });
  }
  assert.equal(result.timedOut, true);
  assert.notEqual(result.code, 0);
  assert.equal(await isGoneSoon(Number(result.output)), true);
});

test("step: a failure names the step, its code and its output, and carries the next step", async () => {
  const { lines, stream } = recorder();
  const [command, args] = node('console.log("why"); process.exit(2)');
  await assert.rejects(step(new Progress(stream), "Packing", command, args, { next: "unpack" }), (error) => {
    assert.ok(error instanceof StepError);
    assert.match(error.message, /Packing failed \(exit code 2\):\nwhy/);
    assert.equal(error.next, "unpack");
    return true;
  });
  assert.match(lines.at(-1), /^Packing: failed, exit code 2/);
});

test("tail: the last lines without empty ones", () => {
  assert.equal(tail("a\n\nb\n c\n", 2), "b\n c");
});

test("Progress: what runs is named at least every five seconds, and nothing after it ended", (context) => {
  context.mock.timers.enable({ apis: ["setInterval", "Date"] });
  const { lines, stream } = recorder();
  const progress = new Progress(stream);
  const endA = progress.begin("a");
  const endB = progress.begin("b");
  pass(context, 13);
  assert.deepEqual(lines, [
    "a ...",
    "b ...",
    "  still running: a 4 s, b 4 s",
    "  still running: a 8 s, b 8 s",
    "  still running: a 12 s, b 12 s",
  ]);
  endA("done");
  endB("done");
  pass(context, 20);
  assert.deepEqual(lines.slice(5), ["a: done (13 s)", "b: done (13 s)"]);
});
