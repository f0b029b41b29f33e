// The inclusion of an event in a report, recomputed here; nothing that the node says is believed. The rules are those
// of ReportHub.sol: leaves are hashed twice, a missing node is 32 zero bytes or the hash of two missing ones.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

// Positions in the report's ABI encoding.
const fields = { sequence: 1, count: 5, eventsRoot: 7 };
const fieldCount = 12;
const mostSiblings = 64;

const hex = (bytes) => `0x${bytesToHex(bytes)}`;
const hash = (...parts) => keccak_256(concatBytes(...parts));

/** Bytes of a 0x text. */
function bytes(text, length) {
  if (typeof text !== "string" || !/^0x([0-9a-f]{2})*$/i.test(text)) {
    throw new Error("a value is no hexadecimal text");
  }
  const value = hexToBytes(text.slice(2));
  if (length !== undefined && value.length !== length) {
    throw new Error(`a value has ${value.length} bytes instead of ${length}`);
  }
  return value;
}

/** A whole number as 32 bytes. */
export function word(number) {
  return hexToBytes(BigInt(number).toString(16).padStart(64, "0"));
}

/** keccak(keccak(abi.encode(sequence, index, payload))). */
export function leafHash(sequence, index, payload) {
  const padded = new Uint8Array(Math.ceil(payload.length / 32) * 32);
  padded.set(payload);
  return hash(hash(word(sequence), word(index), word(96), word(payload.length), padded));
}

/** Levels above so many leaves. */
export function depth(count) {
  return count <= 1n ? 0 : (count - 1n).toString(2).length;
}

/**
 * Every step from the event's bytes to what the chain must answer. Throws when the proof is malformed; a step that
 * does not hold has `ok: false`.
 */
export function steps(proof) {
  const report = proof.report.map((field) => bytes(field, 32));
  const siblings = proof.siblings.map((sibling) => bytes(sibling, 32));
  if (report.length !== fieldCount || siblings.length > mostSiblings) {
    throw new Error("report or path has the wrong length");
  }
  const number = (field) => BigInt(hex(report[field]));
  const [sequence, count, index] = [number(fields.sequence), number(fields.count), BigInt(proof.leaf.index)];
  const fits = index < count && siblings.length === depth(count);
  let node = leafHash(sequence, index, bytes(proof.payload));
  const found = [{
    text: `event ${index} of ${count} in report ${sequence}, hashed twice`, value: hex(node), ok: fits,
  }];
  siblings.forEach((sibling, level) => {
    const isLeft = (index >> BigInt(level)) % 2n === 0n;
    node = isLeft ? hash(node, sibling) : hash(sibling, node);
    found.push({
      text: `level ${level + 1}: hashed with its ${isLeft ? "right" : "left"} neighbour`, value: hex(node), ok: true,
    });
  });
  const root = hex(report[fields.eventsRoot]);
  found.push({ text: "equals the root in the report", value: root, ok: fits && hex(node) === root });
  const head = hash(...report);
  found.push({ text: "hash of the report's twelve fields", value: hex(head), ok: true });
  const digest = hex(hash(head, word(proof.acceptedAtSeconds)));
  found.push({ text: `hashed with the time of its acceptance, ${proof.acceptedAtSeconds}`, value: digest, ok: true });
  return { steps: found, digest };
}

/** Asks the chain itself for what its hub keeps of the report. */
export async function digestOnChain(rpc, proof) {
  const answer = await fetch(rpc, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      jsonrpc: "2.0", id: 1, method: "eth_call", params: [{ to: proof.hub, data: proof.call }, "latest"],
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const { result, error } = await answer.json();
  if (typeof result !== "string") {
    throw new Error(`the chain answers: ${error?.message ?? "nothing"}`);
  }
  return result.toLowerCase();
}
