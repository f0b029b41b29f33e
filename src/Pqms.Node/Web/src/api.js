// Questions to the node that served this page.

const patience = 10_000;

/** GET of JSON; an error says what the node says. */
export async function get(path) {
  return read(await fetch(path, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(patience) }));
}

/** POST of JSON. A transaction waits for its block, so this waits longer. */
export async function post(path, body) {
  return read(await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(6 * patience),
  }));
}

async function read(answer) {
  let value;
  try {
    value = await answer.json();
  } catch {
    throw new Error(`the node's answer cannot be read (HTTP ${answer.status})`);
  }
  if (!answer.ok) {
    throw new Error(value?.error ? `${value.error}; allowed: ${value.allowed}` : `HTTP ${answer.status}`);
  }
  return value;
}

/** A list of an answer, or an empty one: a malformed answer must not break the page. */
export function list(value, most = 1000) {
  return Array.isArray(value) ? value.slice(0, most).filter((item) => item && typeof item === "object") : [];
}
