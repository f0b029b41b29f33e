#!/usr/bin/env node
// Holds the specifications by branches against contracts and tests.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { contractNames, testFiles } from "./lib/contracts.mjs";
import { root } from "./lib/paths.mjs";
import { errorsIn, leavesOf, problemsOfTree, testsIn } from "./lib/trees.mjs";

const folder = "tests/contracts";

const help = `Usage: npm run contracts:trees

Checks that each contract has a tree ${folder}/<Contract>.tree, that each of its branches ends in tests
(<File>.<test>, of ${folder}/**/<File>.t.sol) which exist, and that each custom error of the contract is in one.
Prints what is not so; exit code 1 then.
  --help   this text

Example: npm run contracts:trees`;

function readOrUndefined(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Test names by file name, which must be unique: a tree names no folder. */
function testsByFile(problems) {
  const tests = new Map();
  for (const name of testFiles().filter((file) => file.endsWith(".t.sol"))) {
    const file = basename(name, ".t.sol");
    if (tests.has(file)) problems.push(`${folder}/${name}: another folder has a file of this name`);
    tests.set(file, testsIn(readFileSync(join(root, folder, name), "utf8")));
  }
  return tests;
}

function main(args) {
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  const problems = [];
  const tests = testsByFile(problems);
  let leaves = 0;
  for (const contract of contractNames) {
    const path = `${folder}/${contract}.tree`;
    const tree = readOrUndefined(path);
    if (tree === undefined) {
      problems.push(`${path}: missing; each contract has a tree`);
      continue;
    }
    leaves += leavesOf(tree).length;
    const errors = errorsIn(readFileSync(join(root, "contracts", "interfaces", `I${contract}.sol`), "utf8"));
    problems.push(...problemsOfTree(contract, tree, tests, errors).map((problem) => `${path}:${problem}`));
  }
  problems.forEach((problem) => console.error(problem));
  console.log(`${contractNames.length} trees, ${leaves} tests named, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
