import { spawn } from "node:child_process";

// A second Ctrl-C after this long means "now": earlier ones are npm repeating the first.
const patienceMilliseconds = 2000;

/**
 * Runs a program with this terminal until it ends; its exit code is the result. It gets a process group of its own:
 * a terminal sends Ctrl-C to the whole group and npm repeats it, but the program must see exactly one, and the chain
 * it started none. Closing the terminal asks it to stop as well.
 */
export function serve(command, args, { cwd, env }) {
  const ownGroup = process.platform !== "win32";
  const child = spawn(command, args, { cwd, env, stdio: "inherit", detached: ownGroup });
  let asked;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (asked === undefined) {
        asked = Date.now();
        child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      } else if (Date.now() - asked > patienceMilliseconds) {
        process.kill(ownGroup ? -child.pid : child.pid, "SIGKILL");
      }
    });
  }
  return new Promise((settle) => {
    child.on("error", () => settle(127));
    child.on("exit", (code, signal) => settle(code ?? (signal ? 1 : 0)));
  });
}
