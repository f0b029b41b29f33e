#!/usr/bin/env node
// Random ABI and EIP-712 cases as ethers encodes them, for the C# codec to repeat.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { root } from "./lib/paths.mjs";
import { StepError, main } from "./lib/process.mjs";

const help = `Usage: node scripts/ethereum-differential.mjs [--seed N] [--count N] [--out FILE] [--ethers FOLDER]
       node scripts/ethereum-differential.mjs --help

Writes count cases, one JSON object a line, compressed: {types, values, encoded[, packed]} or, each eighth,
{document, digest} of EIP-712. Equal seeds give equal cases. The values are written as the C# codec decodes
them: numbers as decimal text, addresses with their checksum.
  --seed N         default 1
  --count N        default 1000, what is committed
  --out FILE       default tests/vectors/ethereum/differential.jsonl.gz
  --ethers FOLDER  an installed ethers 6.17; default: the one in node_modules
Exit code 3 when ethers is not installed.

Example: node scripts/ethereum-differential.mjs --ethers /tmp/x/node_modules/ethers --count 100000 --out /tmp/c.gz`;

const committed = join(root, "tests", "vectors", "ethereum", "differential.jsonl.gz");
const maxDepth = 3;

/** mulberry32: 32 bits of state are enough for cases that need to differ, not to be secret. */
function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n) => next() % n;
  const bytes = (n) => "0x" + Array.from({ length: n }, () => below(256).toString(16).padStart(2, "0")).join("");
  return { below, bytes, pick: (items) => items[below(items.length)] };
}

function elementaryType(random) {
  return random.pick([
    () => `uint${8 * (1 + random.below(32))}`, () => `int${8 * (1 + random.below(32))}`, () => "bool",
    () => "address", () => `bytes${1 + random.below(32)}`, () => "bytes", () => "string",
  ])();
}

function abiType(random, depth) {
  const kind = random.below(depth === 0 ? 5 : 10);
  if (kind < 5) return elementaryType(random);
  if (kind < 7) return `(${abiTypes(random, depth - 1, 1 + random.below(4)).join(",")})`;
  return abiType(random, depth - 1) + (kind < 9 ? "[]" : `[${1 + random.below(3)}]`);
}

function abiTypes(random, depth, count) {
  return Array.from({ length: count }, () => abiType(random, depth));
}

/** Numbers at the ends of their range are as likely as all others together. */
function number(random, bits, signed) {
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const low = signed ? -high - 1n : 0n;
  const any = BigInt.asUintN(1 + random.below(bits), BigInt(random.bytes(32)));
  const edge = random.pick([low, high, 0n, 1n, signed ? -1n : 1n, high - 1n]);
  const value = random.below(2) === 0 ? edge : signed ? BigInt.asIntN(bits, any) : any;
  return (value < low ? low : value > high ? high : value).toString();
}

function text(random) {
  const letters = ["a", "Z", " ", "0", "\u00e4", "\u2208", "\u6f22", "\u{1d54f}", "\\", "\"", "\n", "\u0000"];
  return Array.from({ length: random.below(40) }, () => random.pick(letters)).join("");
}

function elementaryValue(ethers, random, type) {
  const size = Number(/\d+$/.exec(type)?.[0] ?? 0);
  if (type.startsWith("uint")) return number(random, size, false);
  if (type.startsWith("int")) return number(random, size, true);
  if (type === "bool") return random.below(2) === 1;
  if (type === "address") return ethers.getAddress(random.bytes(20));
  if (type === "string") return text(random);
  return random.bytes(type === "bytes" ? random.below(80) : size);
}

function abiValue(ethers, random, type) {
  if (type.baseType === "array") {
    const length = type.arrayLength < 0 ? random.below(4) : type.arrayLength;
    return Array.from({ length }, () => abiValue(ethers, random, type.arrayChildren));
  }
  return type.baseType === "tuple"
    ? type.components.map((part) => abiValue(ethers, random, part))
    : elementaryValue(ethers, random, type.type);
}

/** Solidity packs no tuples and no arrays of bytes or string. */
function isPackable(type) {
  if (type.baseType === "tuple") return false;
  return type.baseType !== "array" ? true
    : isPackable(type.arrayChildren) && !["bytes", "string"].includes(type.arrayChildren.type);
}

function abiCase(ethers, random) {
  const types = abiTypes(random, maxDepth, 1 + random.below(5));
  const params = types.map((type) => ethers.ParamType.from(type));
  const values = params.map((param) => abiValue(ethers, random, param));
  const encoded = ethers.AbiCoder.defaultAbiCoder().encode(params, values);
  const made = { types: `(${types.join(",")})`, values, encoded };
  return params.every(isPackable) ? { ...made, packed: ethers.solidityPacked(types, values) } : made;
}

function typedDocument(ethers, random) {
  const types = {};
  const structs = Array.from({ length: 1 + random.below(4) }, (_, i) => `S${String.fromCharCode(90 - i)}${i}`);
  // Each struct may hold those after it, so none holds itself.
  structs.forEach((name, i) => {
    types[name] = Array.from({ length: 1 + random.below(4) }, (_, k) => {
      const base = i + 1 < structs.length && (k === 0 || random.below(3) === 0)
        ? structs[i + 1 + random.below(structs.length - i - 1)] : elementaryType(random);
      return { name: `m${k}`, type: base + random.pick(["", "", "[]", "[2]", "[][2]"]) };
    });
  });
  const message = structValue(ethers, random, types, structs[0]);
  return { types: connected(types, structs[0]), primaryType: structs[0], domain: domain(ethers, random), message };
}

/** ethers demands that every struct is needed by the primary one. */
function connected(types, primary) {
  const wanted = new Set();
  const add = (name) => {
    if (!wanted.has(name) && types[name]) {
      wanted.add(name);
      types[name].forEach((member) => add(member.type.split("[")[0]));
    }
  };
  add(primary);
  return Object.fromEntries(Object.entries(types).filter(([name]) => wanted.has(name)));
}

function structValue(ethers, random, types, name) {
  return Object.fromEntries(types[name].map((m) => [m.name, memberValue(ethers, random, types, m.type)]));
}

function memberValue(ethers, random, types, type) {
  const array = /^(.*)\[(\d*)\]$/.exec(type);
  if (array) {
    const length = array[2] === "" ? random.below(3) : Number(array[2]);
    return Array.from({ length }, () => memberValue(ethers, random, types, array[1]));
  }
  return types[type] ? structValue(ethers, random, types, type) : elementaryValue(ethers, random, type);
}

function domain(ethers, random) {
  const all = {
    name: text(random), version: text(random), chainId: number(random, 64, false),
    verifyingContract: ethers.getAddress(random.bytes(20)), salt: random.bytes(32),
  };
  const some = Object.entries(all).filter(() => random.below(2) === 0);
  return Object.fromEntries(some.length === 0 ? [["name", all.name]] : some);
}

function typedCase(ethers, random) {
  const document = typedDocument(ethers, random);
  return { document, digest: ethers.TypedDataEncoder.hash(document.domain, document.types, document.message) };
}

async function loadEthers(folder) {
  try {
    const entry = folder
      ? join(folder, "lib.esm", "index.js")
      : createRequire(join(root, "package.json")).resolve("ethers");
    return await import(pathToFileURL(entry).href);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return undefined;
  }
}

function options(args) {
  const found = { "--seed": "1", "--count": "1000", "--out": committed, "--ethers": undefined };
  for (let i = 0; i < args.length; i += 2) {
    if (!(args[i] in found) || args[i + 1] === undefined) {
      throw new StepError(`unknown or incomplete: ${args[i]}`, `allowed are ${Object.keys(found).join(", ")}`);
    }
    found[args[i]] = args[i + 1];
  }
  const count = Number(found["--count"]);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000) {
    throw new StepError(`--count ${found["--count"]} is out of range`, "allowed is 1 to 1000000");
  }
  return { seed: Number(found["--seed"]), count, out: found["--out"], folder: found["--ethers"] };
}

await main(async () => {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const { seed, count, out, folder } = options(process.argv.slice(2));
  const ethers = await loadEthers(folder);
  if (!ethers) {
    process.stderr.write("ethers is not installed: npm install --no-save ethers@6.17.0\n");
    return 3;
  }
  const random = generator(seed);
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify(i % 8 === 7 ? typedCase(ethers, random) : abiCase(ethers, random)));
  writeFileSync(out, gzipSync(lines.join("\n") + "\n", { level: 9 }));
  process.stdout.write(`${count} cases of seed ${seed} by ethers ${ethers.version}: ${out}\n`);
  return 0;
});
