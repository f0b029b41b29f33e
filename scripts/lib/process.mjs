import { spawn, spawnSync } from "node:child_process";
import { isWindows } from "./paths.mjs";
import { seconds } from "./progress.mjs";

const live = new Set();
// After a child ended, a grandchild may hold the pipe open: its output is awaited this long and no longer.
const drainMilliseconds = 500;

/** A step that failed in an expected way: `message` says what, `next` what to do about it. */
export class StepError extends Error {
  constructor(message, next) {
    super(message);
    this.next = next;
  }
}

function endTree(child) {
  if (isWindows) {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

// Ctrl-C while a step runs ends the step's whole tree; between steps Node's own default applies.
const onSignal = {
  SIGINT: () => endAll(130),
  SIGTERM: () => endAll(143),
};

function endAll(code) {
  live.forEach(endTree);
  process.exit(code);
}

function track(child) {
  if (live.size === 0) {
    Object.entries(onSignal).forEach(([signal, handler]) => process.on(signal, handler));
  }
  live.add(child);
}

function untrack(child) {
  live.delete(child);
  if (live.size === 0) {
    Object.entries(onSignal).forEach(([signal, handler]) => process.off(signal, handler));
  }
}

/**
 * Runs a program to its end and returns what it printed. Never throws for a non-zero code.
 * Children get a process group of their own, so that a time limit or Ctrl-C ends grandchildren too.
 */
export function run(command, args, options = {}) {
  const { cwd, env, limitSeconds = 600, onLine } = options;
  const started = Date.now();
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd, env, detached: !isWindows, stdio: ["ignore", "pipe", "pipe"] });
    track(child);
    let output = "";
    let timedOut = false;
    const listen = lineSplitter(onLine);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
        listen(text);
      });
    }
    const limit = setTimeout(() => {
      timedOut = true;
      endTree(child);
    }, limitSeconds * 1000);
    const finish = (code) => {
      clearTimeout(limit);
      untrack(child);
      settle({ code, output, timedOut, seconds: seconds(started) });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    let ended;
    child.on("exit", (code, signal) => {
      ended = setTimeout(() => finish(code ?? (signal ? 128 : 1)), drainMilliseconds);
    });
    child.on("close", (code, signal) => {
      clearTimeout(ended);
      finish(code ?? (signal ? 128 : 1));
    });
  });
}

function lineSplitter(onLine) {
  if (!onLine) {
    return () => {};
  }
  let rest = "";
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(onLine);
  };
}

/** The last `count` non-empty lines, for an error message. */
export function tail(text, count = 30) {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "").slice(-count).join("\n");
}

/** Runs a step under a progress label; a failure becomes a StepError with the end of the output. */
export async function step(progress, label, command, args, options) {
  const end = progress.begin(label);
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const why = result.timedOut ? `took longer than ${options.limitSeconds ?? 600} s` : `exit code ${result.code}`;
    end(`failed, ${why}`);
    throw new StepError(`${label} failed (${why}):\n${tail(result.output)}`, options.next);
  }
  end("done");
  return result;
}

/** Runs a script's main function: a StepError is printed with its next step and ends with code 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) {
      throw error;
    }
    process.stderr.write(`\n${error.message}\n`);
    if (error.next) {
      process.stderr.write(`Next step: ${error.next}\n`);
    }
    process.exitCode = 1;
  }
}
