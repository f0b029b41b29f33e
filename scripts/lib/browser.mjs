// A served realm and a browser for the tests of the page, and for its picture.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { cliAssembly, pageFolder } from "./paths.mjs";

const patience = 120_000;
const fromPage = createRequire(join(pageFolder, "package.json"));

/** The system's Chromium, or undefined. */
export function chromiumPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return [process.env.PQMS_CHROMIUM, ...names.flatMap((name) => folders.map((folder) => join(folder, name)))]
    .find((path) => path && existsSync(path));
}

/** Source of axe-core, to be run in a page. */
export const axeSource = () => readFileSync(fromPage.resolve("axe-core/axe.min.js"), "utf8");

export async function launch() {
  const { chromium } = fromPage("playwright-core");
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}

/** `pqms up`, with a data folder of its own. */
export class Realm {
  #process;
  #said = "";
  folder = mkdtempSync(join(tmpdir(), "pqms-page-"));

  /** Starts it and waits until it serves; with `demo` until the first reservation is settled. */
  async start({ demo = true, port } = {}) {
    const args = [cliAssembly, "up", ...(demo ? ["--demo"] : []), "--json", "--data-folder", this.folder];
    rmSync(join(this.folder, "run.json"), { force: true });
    this.#said = "";
    this.#process = spawn("dotnet", [...args, ...(port ? ["--api-port", String(port)] : [])], {
      env: { ...process.env, NO_COLOR: "1" },
    });
    let output = "";
    this.#process.stdout.on("data", (text) => { output += text; });
    this.#process.stderr.on("data", (text) => { this.#said += text; });
    await until(() => {
      if (this.#process.exitCode !== null) {
        throw new Error(`pqms ended with code ${this.#process.exitCode}:\n${this.#said}`);
      }
      return existsSync(join(this.folder, "run.json")) && (!demo || output.includes("\n}\n"));
    });
    return this;
  }

  get url() {
    return this.#run.apiUrl;
  }

  get chainUrl() {
    return this.#run.chainUrl;
  }

  get #run() {
    return JSON.parse(readFileSync(join(this.folder, "run.json"), "utf8"));
  }

  /** Ends it as Ctrl-C does. */
  async stop() {
    const ended = new Promise((settle) => this.#process.once("exit", settle));
    this.#process.kill("SIGINT");
    return ended;
  }

  async dispose() {
    if (this.#process?.exitCode === null) {
      await this.stop();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Looks until something has come about. */
export async function until(reached) {
  const end = Date.now() + patience;
  while (!(await reached())) {
    if (Date.now() > end) {
      throw new Error(`not within ${patience / 1000} s`);
    }
    await new Promise((settle) => { setTimeout(settle, 50); });
  }
}
