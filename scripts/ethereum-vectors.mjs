#!/usr/bin/env node
// Takes the vectors of npm's @ethersproject/testcases and keeps what the C# tests compare, in few bytes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { root } from "./lib/paths.mjs";
import { StepError, main } from "./lib/process.mjs";

const help = `Usage: node scripts/ethereum-vectors.mjs <folder of @ethersproject/testcases> [--help]

Writes tests/vectors/ethereum/*.json.gz from the package's testcases/: types, values and results; without the
contracts that once computed them. The committed files are of version 5.8.0, which is MIT-licensed.

Example: npm pack @ethersproject/testcases@5.8.0 && tar xf *.tgz && node scripts/ethereum-vectors.mjs package`;

const target = join(root, "tests", "vectors", "ethereum");
const tupleOf = (types) => `(${types.join(",")})`;

/** The package's {"type", "value"} as plain JSON: numbers as decimal text. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  return value.type === "tuple" ? value.value.map(plain) : value.value;
}

/** The package gives some numbers outside of their type, which wrap round; a strict codec refuses those. */
function wrapped(type, value) {
  if (Array.isArray(value)) return value.map((part) => wrapped(type.replace(/\[\d*\]$/, ""), part));
  const [, unsigned, bits] = /^(u?)int(\d*)$/.exec(type) ?? [];
  if (bits === undefined) return value;
  const wrap = unsigned ? BigInt.asUintN : BigInt.asIntN;
  return wrap(Number(bits || 256), BigInt(value)).toString();
}

const parsed = (text) => JSON.parse(text);

const kept = {
  "contract-interface": ({ name, types, values, result }) => ({
    name, types: tupleOf(parsed(types)), result,
    values: parsed(values).map((value, i) => wrapped(parsed(types)[i], plain(value))),
  }),
  "contract-interface-abi2": ({ name, types, values, result }) =>
    ({ name, types: tupleOf(parsed(types)), values: parsed(values).map(plain), result }),
  "contract-events": ({ name, types, indexed, values, topics, data }) =>
    ({ name, types, indexed: indexed.map(Boolean), values, topics, data }),
  "contract-signatures": ({ name, signature, sigHash, abi }) => ({ name, signature, sigHash, abi: parsed(abi) }),
  "solidity-hashes": ({ name, types, values, keccak256 }) => ({ name, types: tupleOf(types), values, keccak256 }),
  eip712: ({ name, domain, types, primaryType, data, encoded, digest }) =>
    ({ name, document: { domain, types, primaryType, message: data }, encoded, digest }),
  "rlp-coder": ({ name, decoded, encoded }) => ({ name, decoded, encoded }),
  transactions: ({ accountAddress: _address, ...transaction }) => transaction,
};

await main(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined || folder === "--help") {
    process.stdout.write(`${help}\n`);
    return folder === undefined ? 2 : 0;
  }
  const source = join(folder, "testcases");
  if (!existsSync(source)) {
    throw new StepError(`${source} does not exist.`, "name the unpacked package @ethersproject/testcases");
  }
  mkdirSync(target, { recursive: true });
  for (const [name, pick] of Object.entries(kept)) {
    const cases = JSON.parse(gunzipSync(readFileSync(join(source, `${name}.json.gz`)))).map(pick);
    const bytes = gzipSync(JSON.stringify(cases), { level: 9 });
    writeFileSync(join(target, `${name}.json.gz`), bytes);
    process.stdout.write(`${name}: ${cases.length} cases, ${bytes.length} bytes\n`);
  }
  return 0;
});
