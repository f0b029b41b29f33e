#!/usr/bin/env node
// Holds the house rules: prints place and rule of every breach.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { fixed, limits, problemsOf } from "./lib/tidy-rules.mjs";

const help = `Usage: node scripts/tidy.mjs [--fix] [--help] [folder or file ...]

Refuses, in every file git knows or would add (or only under the folders named):
  in code: files over ${limits.fileLines} lines, functions over ${limits.functionLines}, lines over
    ${limits.lineLength} characters, notes of unfinished work, regions
  everywhere: emoji, trailing space, a missing final line break
Generated files, test vectors and lock files are left out. Exit code 1 when something was found.
  --fix   puts trailing space, final line breaks, long comments and most long C# lines right

Example: node scripts/tidy.mjs --fix src/Pqms.Sdk`;

const textFiles = /\.(cs|sol|m?[jt]sx?|json|md|csproj|props|targets|sh|tree|txt|html|css|ya?ml)$|(^|\/)[^.]+$/;
const leftOut = /(^|\/)(Generated|vectors|node_modules|built)\/|\.abi\.json$|lock\.json$|package-lock\.json$|\.sln$/;

function files(paths) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...paths];
  const names = execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\0");
  return [...new Set(names)].filter((name) => textFiles.test(name) && !leftOut.test(name)
    && existsSync(join(root, name)));
}

function main(args) {
  if (args.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  let count = 0;
  const names = files(args.filter((argument) => !argument.startsWith("--")));
  for (const name of names) {
    const path = join(root, name);
    let text = readFileSync(path, "utf8");
    if (args.includes("--fix") && fixed(name, text) !== text) {
      text = fixed(name, text);
      writeFileSync(path, text);
    }
    for (const problem of problemsOf(name, text)) {
      process.stdout.write(`${name}:${problem.line}: ${problem.rule}: ${problem.text}\n`);
      count += 1;
    }
  }
  process.stdout.write(`tidy: ${names.length} files, ${count} problems\n`);
  return count === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
