// Writes tests/vectors/*.json: hashes that Solidity and C# must both reproduce. The encoding is done by hand here, a
// third time, so that an error would have to be made three times to go unseen.
// Usage: node scripts/contracts-vectors.mjs [--check] [--help]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { secp256k1 } from "@noble/curves/secp256k1";
import { keccak_256 } from "@noble/hashes/sha3";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "tests", "vectors");

const help = `Writes tests/vectors/report.json, lists.json and tree.json.
  --check   writes nothing; fails when a committed file differs
  --help    this text`;

const bytesOf = (hex) => Uint8Array.from(Buffer.from(hex.slice(2), "hex"));
const hexOf = (bytes) => "0x" + Buffer.from(bytes).toString("hex");
const keccak = (hex) => hexOf(keccak_256(bytesOf(hex)));
const keccakText = (text) => hexOf(keccak_256(new TextEncoder().encode(text)));
const word = (value) => BigInt(value).toString(16).padStart(64, "0");
const encode = (...values) => "0x" + values.map(word).join("");
const concat = (...parts) => "0x" + parts.map((part) => part.slice(2)).join("");

/** keccak256(abi.encode(array of static structs)): offset, length, then the words of each. */
const hashArray = (rows) => keccak(encode(32, rows.length, ...rows.flat()));

function reportVector() {
  const report = {
    era: 3, sequence: 12345, toBlock: 987654, toBlockHash: keccakText("toBlock"), toTime: 1800000123, count: 1000,
    previousHead: keccakText("previousHead"), eventsRoot: keccakText("eventsRoot"),
    stateHash: keccakText("stateHash"), dataHash: keccakText("dataHash"),
    decisionsHash: keccakText("decisionsHash"), linesHash: keccakText("linesHash"),
  };
  const reportHash = keccak(encode(...Object.values(report)));
  const chainId = 31337;
  const hub = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
  const signers = ["0x1000000000000000000000000000000000000001", "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"];
  const threshold = 2;
  // The array is dynamic: its place in the head holds the offset of its tail.
  const configDigest = keccak(encode(chainId, hub, 1, 5 * 32, threshold, signers.length, ...signers));
  const anchorBlock = 987700;
  const anchorHash = keccakText("anchor");
  const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
  const structType = "Attestation(bytes32 reportHash,bytes32 configDigest,uint64 anchorBlock,bytes32 anchorHash)";
  const domainSeparator = keccak(
    encode(keccakText(domainType), keccakText("PQMS ReportHub"), keccakText("1"), chainId, hub),
  );
  const structHash = keccak(encode(keccakText(structType), reportHash, configDigest, anchorBlock, anchorHash));
  const digest = keccak(concat("0x1901", domainSeparator, structHash));
  const privateKey = "0x" + word(0xa11ce);
  const publicKey = secp256k1.getPublicKey(bytesOf(privateKey), false);
  const signer = "0x" + keccak(hexOf(publicKey.slice(1))).slice(26);
  const made = secp256k1.sign(bytesOf(digest), bytesOf(privateKey));
  const signature = "0x" + word(made.r) + word(made.s) + (27 + made.recovery).toString(16);
  const acceptedAt = 1800000130;
  const ringDigest = keccak(encode(reportHash, acceptedAt));
  const era = {
    previousHead: report.previousHead, era: 4, meshVersion: 2, scenarioHash: keccakText("scenario"), seed: "42",
    snapshotHash: keccakText("snapshot"),
  };
  const eraHead = keccak(encode(...Object.values(era)));
  return {
    report, reportHash, chainId, hub, signers, threshold, configDigest, anchorBlock, anchorHash, domainSeparator,
    structHash, digest, privateKey, signer, signature, acceptedAt, ringDigest, eraStart: era, eraHead,
  };
}

function listsVector() {
  const id = "0x0123456789abcdef0123456789abcdef";
  const other = "0xffffffffffffffffffffffffffffffff";
  const decisions = [
    { id, outcome: 1, fidelityPpm: 971234, lifetimeMs: 2500, rateMicroHz: "1500000", standingPpm: 995123 },
    { id: other, outcome: 7, fidelityPpm: 0, lifetimeMs: 0, rateMicroHz: "0", standingPpm: 0 },
  ];
  const lines = [{ id, delivered: "8910000000" }, { id: other, delivered: "340282366920938463463374607431768211455" }];
  const terms = {
    pool: 2, slots: 15, start: 1800000000, duration: 600, fidelityMinPpm: 950000,
    coherenceMinMicroseconds: 1000000, takesPerMinute: 30, purpose: 1, priority: 2, maxCost: "1000000000000000000",
    deadline: 1800000060, payer: "0x00000000000000000000000000000000000c11e0",
  };
  return {
    decisions, decisionsHash: hashArray(decisions.map(Object.values)), emptyHash: hashArray([]),
    lines, linesHash: hashArray(lines.map(Object.values)), terms, termsHash: keccak(encode(...Object.values(terms))),
  };
}

function leafHash(sequence, index, payload) {
  const length = (payload.length - 2) / 2;
  const padded = payload.slice(2).padEnd(Math.ceil(length / 32) * 64, "0");
  return keccak(keccak("0x" + word(sequence) + word(index) + word(96) + word(length) + padded));
}

function treeOf(sequence, count) {
  const payloads = Array.from({ length: count }, (_, i) => "0x02" + i.toString(16).padStart(2, "0").repeat(i * 7 + 1));
  const leaves = payloads.map((payload, index) => leafHash(sequence, index, payload));
  const levels = [leaves];
  const width = 2 ** Math.ceil(Math.log2(Math.max(count, 1)));
  while (levels[0].length < width) levels[0] = [...levels[0], "0x" + word(0)];
  while (levels.at(-1).length > 1) {
    const below = levels.at(-1);
    levels.push(Array.from({ length: below.length / 2 }, (_, i) => keccak(concat(below[2 * i], below[2 * i + 1]))));
  }
  const root = count === 0 ? "0x" + word(0) : levels.at(-1)[0];
  const index = Math.max(count - 1, 0);
  const proof = levels.slice(0, -1).map((level, k) => level[(index >> k) ^ 1]);
  return { sequence, count, payloads, leaves: leaves.slice(0, count), root, index, proof };
}

const files = {
  "report.json": reportVector(),
  "lists.json": listsVector(),
  "tree.json": { trees: [0, 1, 2, 3, 5, 8, 9].map((count) => treeOf(count + 7, count)) },
};

function main(args) {
  const unknown = args.find((arg) => arg !== "--check" && arg !== "--help");
  if (unknown !== undefined) {
    console.error(`unknown argument ${unknown}; allowed: --check, --help`);
    return 2;
  }
  if (args.includes("--help")) {
    console.log(help);
    return 0;
  }
  let stale = 0;
  for (const [name, content] of Object.entries(files)) {
    const text = JSON.stringify(content, null, 2) + "\n";
    const path = join(folder, name);
    if (!args.includes("--check")) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      console.error(`${name}: the committed file differs; run node scripts/contracts-vectors.mjs`);
      stale++;
    }
  }
  return stale === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
