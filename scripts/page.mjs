#!/usr/bin/env node
// Builds the page of the node, or checks that the committed build is that of the sources.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { Realm, launch } from "./lib/browser.mjs";
import { ensureCli } from "./lib/dotnet.mjs";
import { ensureNode, ensurePagePackages, toolEnvironment } from "./lib/node-tools.mjs";
import { pageFolder } from "./lib/paths.mjs";
import { StepError, main, step } from "./lib/process.mjs";
import { Progress } from "./lib/progress.mjs";

const mostBytes = 250 * 1024;
const pictureFile = join(pageFolder, "page.png");
const pictureMilliseconds = 20_000;

const help = `Usage: node scripts/page.mjs build | check | picture [--help]

  build   builds src/Pqms.Node/Web into its folder 'built', which the node embeds; commit it
  check   builds elsewhere and compares: the committed build must be that of the sources, and at most
          ${mostBytes / 1024} KB with gzip
  picture starts a realm and takes the README's picture of its page; needs Chromium

Example: npm run page:build`;

function files(folder) {
  return readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

async function build(progress, folder) {
  const node = await ensureNode(progress);
  await ensurePagePackages(progress, node);
  const vite = join(pageFolder, "node_modules", "vite", "bin", "vite.js");
  await step(progress, "page build", node, [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"], {
    cwd: pageFolder, env: toolEnvironment(node), limitSeconds: 120, next: "mend the errors above",
  });
}

function sizeOf(folder) {
  return files(folder).reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0);
}

async function check(progress) {
  const fresh = mkdtempSync(join(tmpdir(), "pqms-page-"));
  try {
    await build(progress, fresh);
    const built = join(pageFolder, "built");
    const [wanted, found] = [files(fresh), files(built)];
    const isSame = (name) => found.includes(name)
      && readFileSync(join(fresh, name)).equals(readFileSync(join(built, name)));
    const differs = wanted.find((name) => !isSame(name)) ?? found.find((name) => !wanted.includes(name));
    if (differs) {
      throw new StepError(
        `the committed page is not that of the sources: ${differs}.`, "npm run page:build, and commit");
    }
    const bytes = sizeOf(built);
    if (bytes > mostBytes) {
      throw new StepError(`the page has ${bytes} bytes with gzip; at most ${mostBytes}.`, "leave something out");
    }
    progress.line(`page: as its sources, ${bytes} bytes with gzip`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** A realm with some reservations, as the page shows it, for the README. */
async function picture(progress) {
  const node = await ensureNode(progress);
  await ensurePagePackages(progress, node);
  await ensureCli(progress, toolEnvironment(node));
  const realm = new Realm();
  const browser = await launch();
  try {
    await realm.start();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(realm.url);
    await page.waitForSelector("#pools tbody button");
    await page.waitForTimeout(pictureMilliseconds);
    await page.screenshot({ path: pictureFile });
    progress.line(`page: ${relative(process.cwd(), pictureFile)}`);
  } finally {
    await browser.close();
    await realm.dispose();
  }
}

await main(async () => {
  const [what] = process.argv.slice(2);
  if (process.argv.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const progress = new Progress();
  if (what === "build") {
    await build(progress, join(pageFolder, "built"));
    progress.line(`page: ${sizeOf(join(pageFolder, "built"))} bytes with gzip`);
  } else if (what === "check") {
    await check(progress);
  } else if (what === "picture") {
    await picture(progress);
  } else {
    throw new StepError(`'${what ?? ""}' is not understood.`, "build, check or picture; see --help");
  }
  return 0;
});
