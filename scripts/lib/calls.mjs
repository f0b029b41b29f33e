// Adds up what tests/contracts/invariants/CountedCalls.sol wrote: a line for each run, `0x<operation>=<calls> ...`.

/** Told, but not counted: time that passes is no call of a contract, and a refusal changes nothing. */
const notCounted = ["pass", "refusal"];

/** The runs of an invariant contract: { name, runs, real, operations }, of which `real` counts what succeeded. */
export function readCalls(name, text) {
  const operations = new Map();
  // Invariants of a contract run side by side, so that two lines may have come onto one: a run tells each operation.
  const all = [...text.matchAll(/0x([0-9a-f]{64})=(\d+)/g)];
  for (const [, word, count] of all) {
    const operation = Buffer.from(word, "hex").toString("latin1").replace(/\0+$/, "");
    operations.set(operation, (operations.get(operation) ?? 0) + Number(count));
  }
  const counted = [...operations].filter(([operation]) => !notCounted.includes(operation));
  const real = counted.reduce((sum, [, count]) => sum + count, 0);
  return { name, runs: operations.size === 0 ? 0 : all.length / operations.size, real, operations };
}

/** One line about an invariant contract. */
export function tellCalls({ name, runs, real, operations }) {
  const number = (value) => value.toLocaleString("en-US");
  const each = [...operations].map(([operation, count]) => `${operation} ${number(count)}`).join(", ");
  return `invariants of ${name}: ${number(real)} calls in ${number(runs)} runs (${each})`;
}

/** Which of the wanted invariant contracts did less than they must, as lines of text. */
export function problemsOfCalls(counts, wanted, least) {
  return wanted.flatMap((name) => {
    const found = counts.find((count) => count.name === name);
    if (!found) return [`invariants of ${name}: no run was counted`];
    return found.real < least ? [`invariants of ${name}: ${found.real} calls succeeded, at least ${least} must`] : [];
  });
}
