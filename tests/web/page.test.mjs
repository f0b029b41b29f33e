// The page in a real browser, on a real ring: chain, ledger, mesh and oracle.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Realm, axeSource, chromiumPath, launch, until } from "../../scripts/lib/browser.mjs";

const skip = chromiumPath() ? false : "no Chromium on this machine; scripts/ci-prepare installs it";
const wide = { width: 1280, height: 900 };
const realm = new Realm();
let browser;

before(async () => {
  if (!skip) {
    await realm.start();
    browser = await launch();
  }
});

after(async () => {
  await browser?.close();
  await realm.dispose();
});

/** A page that collects what a user would not see: console errors, exceptions, requests to other origins. */
async function open({ viewport = wide, colorScheme = "light", routes = {} } = {}) {
  const page = await browser.newPage({ viewport, colorScheme });
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => { complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  for (const [pattern, body] of Object.entries(routes)) {
    await page.route(new RegExp(pattern), (route) => (typeof body === "function" ? body(route) : route.fulfill({
      contentType: "application/json", body: typeof body === "string" ? body : JSON.stringify(body),
    })));
  }
  await page.addInitScript(() => {
    globalThis.jumps = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.jumps += entry.value; }))
      .observe({ type: "layout-shift", buffered: true });
  });
  await page.addInitScript(() => new MutationObserver((_, watch) => {
    if (document.querySelector("#pools tbody button")) {
      globalThis.poolsShownAt = performance.now();
      watch.disconnect();
    }
  }).observe(document, { childList: true, subtree: true }));
  await page.goto(realm.url);
  await page.waitForSelector("#pools tbody button");
  return { page, complaints };
}

const text = (page, selector) => page.locator(selector).innerText();

test("opens with every pool filled, the map drawn, and no complaint", { skip }, async (t) => {
  const { page, complaints } = await open();
  assert.equal(await page.title(), "PQMS");
  await until(async () => (await page.locator("#pools .scroll tbody tr").count()) === 9);
  await until(async () => /\b64\/64\b/.test(await text(page, "#pools .scroll tbody")));
  await until(async () => (await page.locator("#mesh canvas").count()) >= 1);
  await until(async () => (await text(page, "#mesh dl")).includes("19"));
  assert.match(await text(page, ".pulse"), /emulated.*hypothetical hardware.*working/s);
  assert.match(await text(page, "#limits"), /Nothing is faster than light/);
  const [paint, useful, jumps] = await page.evaluate(() => [
    performance.getEntriesByName("first-contentful-paint")[0].startTime, globalThis.poolsShownAt, globalThis.jumps]);
  assert.ok(jumps < 0.1, `layout shift ${jumps}; 0.1 is what counts as good`);
  t.diagnostic(`first paint after ${Math.round(paint)} ms, pools shown after ${Math.round(useful)} ms`);
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`has nothing that axe-core refuses, ${colorScheme}`, { skip }, async () => {
    const { page } = await open({ colorScheme });
    await page.click("#reservations tbody button");
    await page.click("#reports tbody button");
    await page.click("#check tbody button");
    await page.waitForSelector("#life .timeline li");
    await page.evaluate(axeSource());
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`), []);
    await page.close();
  });
}

test("reserves, takes and releases, and shows the life of it", { skip }, async () => {
  const { page, complaints } = await open();
  await page.fill("[name=slots]", "3");
  await page.click("text=Price");
  await page.waitForSelector("text=/0\\.\\d+ ETH as of block/");
  await page.click("button:text-is('Reserve')");
  await page.waitForSelector("text=/requested as/");
  await page.waitForSelector("#life .timeline >> text=Granted");
  await page.click("text=Take a pair");
  await page.waitForSelector("text=/take one pair: mined/");
  await page.waitForSelector("#life .timeline >> text=/take 1/");
  await page.click("#life button:text-is('Release')");
  await page.waitForSelector("#life .timeline >> text=Settled", { timeout: 60_000 });
  assert.equal(await text(page, "#reservations tbody tr:first-child .status"), "Settled");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("shows the transactions for one's own wallet when the node signs for nobody", { skip }, async () => {
  const withoutKey = async (route) => {
    const answer = await fetch(route.request().url(), { signal: AbortSignal.timeout(1_500) });
    const reader = answer.body.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    await route.fulfill({ contentType: "text/event-stream", body: first.replace('"signs":true', '"signs":false') });
  };
  const { page } = await open({ routes: { "/events$": withoutKey } });
  await page.click("text=Price");
  await page.click("button:text-is('Show the transaction')");
  const transaction = await page.locator("form pre").innerText();
  assert.match(transaction, /^to {5}0x\w{40}\nvalue {2}\d+ wei\nchain {2}31337\ndata {3}0x/);
  await page.close();
});

test("says why a request would be refused, before it is sent", { skip }, async () => {
  const { page, complaints } = await open();
  await page.fill("[name=slots]", "30000");
  await page.click("text=Price");
  await page.waitForSelector("output >> text=/slots/");
  assert.equal(await page.locator("button:text-is('Reserve')").count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

async function check(page) {
  await page.click("#reports tbody tr:last-child button");
  await page.click("#check tbody button");
  await page.click("text=/^Check event/");
  await page.waitForSelector(".verdict, #check [role=alert]");
  return text(page, "#check");
}

test("proves an event against the chain, step by step", { skip }, async () => {
  const { page, complaints } = await open();
  const found = await check(page);
  assert.match(found, /Proven: the chain keeps exactly this/);
  assert.match(found, /level 1: hashed with its (left|right) neighbour/);
  assert.match(found, /asked from http:\/\/127\.0\.0\.1:\d+/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("catches a node that serves an event that never was", { skip }, async () => {
  const { page } = await open({ routes: { "/reports/\\d+/leaves/\\d+$": async (route) => {
    const answer = await route.fetch();
    const proof = await answer.json();
    proof.payload = proof.payload.slice(0, -1) + (proof.payload.endsWith("0") ? "1" : "0");
    await route.fulfill({ json: proof });
  } } });
  const found = await check(page);
  assert.match(found, /FAILS: equals the root in the report/);
  assert.match(found, /Not proven: do not trust this node/);
  await page.close();
});

const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

test("shows hostile names as text", { skip }, async () => {
  const item = { id: hostile, status: hostile, client: hostile, pool: 999, slots: 1, startSeconds: 1, endSeconds: 2,
    priceWei: hostile, takes: hostile, deliveredShare: null, requestedAtSeconds: 1 };
  const { page, complaints } = await open({ routes: {
    "/reservations\\?": { total: 1, next: null, items: [item] },
    "/reservations/": { reservation: item, fidelityMin: 1, steps: [{ timeSeconds: 1, to: hostile, text: hostile }] },
    "/mesh$": { sites: [{ index: 0, name: hostile, latitude: 1, longitude: 1 }], links: [], pools: [] },
  } });
  await page.click("#reservations tbody button");
  await page.waitForSelector("#life .timeline li");
  assert.match(await text(page, "#life"), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

for (const [what, body] of [
  ["half an answer", "{\"total\":"], ["no object", "7"], ["null", "null"],
  ["wrong types", { items: "x", sites: 7, total: {} }],
  ["holes", { total: 3, next: null, items: [null, 7, "x"], sites: [null], links: [{}], pools: [null] }],
  ["an endless list", { total: 1e9, next: 5, items: Array.from({ length: 20_000 }, () => ({})) }],
]) {
  test(`goes on when the API answers ${what}`, { skip }, async () => {
    const { page, complaints } = await open({
      routes: { "/mesh$": body, "/recent$": body, "/reservations\\?": body, "/reports\\?": body },
    });
    await page.waitForSelector("#operation dl");
    await page.click("#pools tbody tr:nth-child(2) button");
    await page.waitForSelector("#pools tr.chosen:nth-child(2)");
    assert.deepEqual(complaints, []);
    await page.close();
  });
}

test("pages through ten thousand reservations", { skip }, async () => {
  const total = 10_000;
  const { page, complaints } = await open({ routes: { "/reservations\\?": async (route) => {
    const before = Number(new URL(route.request().url()).searchParams.get("before") ?? total);
    await route.fulfill({ json: { total, next: before - 10 > 0 ? before - 10 : null,
      items: Array.from({ length: 10 }, (_, i) => ({ id: `resource-id-${before - i}`, status: "Granted", client: "0x0",
        pool: 1, slots: 1, startSeconds: 1, endSeconds: 2, priceWei: "1", takes: 0, deliveredShare: null })) } });
  } } });
  assert.equal(await page.locator("#reservations tbody tr").count(), 10);
  await page.click("#reservations >> text=Older");
  await page.waitForSelector("#reservations >> text=/^9990$/");
  assert.match(await text(page, "#reservations .paging"), /10000 in all/);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("draws a mesh of 754 sites", { skip }, async () => {
  const sites = Array.from({ length: 754 }, (_, index) => ({
    index, name: `s${index}`, latitude: 30 + (index % 28), longitude: Math.floor(index / 28) }));
  const links = Array.from({ length: 895 }, (_, index) => ({ index, a: index % 754, b: (index * 7 + 1) % 754,
    lengthMeters: 1, pools: 0, pairsPerSecond: index % 5, stored: 0, isUp: index % 50 > 0, isSuspected: false,
    freshFidelity: null }));
  const { page, complaints } = await open({ routes: { "/mesh$": { timeSeconds: 1, sites, links, pools: [] } } });
  await until(async () => (await text(page, "#mesh dl")).includes("754"));
  await page.selectOption("#mesh select", "l1");
  await until(async () => (await text(page, "#mesh dl")).includes("s1 – s8"));
  assert.deepEqual(complaints, []);
  await page.close();
});

test("fits a phone, and can be used by keyboard", { skip }, async () => {
  const { page, complaints } = await open({ viewport: { width: 400, height: 800 } });
  const [wanted, given] = await page.evaluate(() => [document.documentElement.scrollWidth, globalThis.innerWidth]);
  assert.ok(wanted <= given, `${wanted} of ${given} pixels`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.focus("#pools tbody tr:nth-child(3) button");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#pools tr.chosen:nth-child(3)");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("is served with a strict policy, and changes nothing for other pages", { skip }, async () => {
  const answer = await fetch(realm.url);
  const policy = answer.headers.get("content-security-policy");
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /);
  assert.match(policy, /connect-src 'self' http:\/\/127\.0\.0\.1:\d+; base-uri 'none'/);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  const [, script] = /src="(\/assets\/[^"]+)"/.exec(await answer.text());
  const cached = await fetch(new URL(script, realm.url));
  assert.match(cached.headers.get("cache-control"), /immutable/);
  const again = await fetch(new URL(script, realm.url), { headers: { "if-none-match": cached.headers.get("etag") } });
  assert.equal(again.status, 304);
  assert.equal((await fetch(new URL("/assets/../index.html", realm.url))).status, 404);
  const order = { method: "POST", body: JSON.stringify({ pool: 1, slots: 1, seconds: 60, fidelity: 0.9 }) };
  const send = (headers) => fetch(new URL("/development/transactions/request", realm.url), { ...order, headers });
  assert.equal((await send({ "content-type": "application/json", origin: "http://example.org" })).status, 405);
  assert.equal((await send({ "content-type": "text/plain" })).status, 405);
  const plain = await fetch(new URL("/transactions/request", realm.url), {
    ...order, headers: { "content-type": "application/json" },
  });
  assert.match((await plain.json()).data, /^0x[0-9a-f]{8}/);
});

test("shows what the chain holds after a reorganisation", { skip }, async () => {
  const rpc = async (method, ...params) => {
    const answer = await fetch(realm.chainUrl, { method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) });
    return (await answer.json()).result;
  };
  const total = async () => (await (await fetch(new URL("/reservations", realm.url))).json()).total;
  const { page, complaints } = await open();
  const before = await total();
  const snapshot = await rpc("evm_snapshot");
  const sent = await fetch(new URL("/development/transactions/request", realm.url), { method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ pool: 2, slots: 1, seconds: 600, fidelity: 0.9 }) });
  assert.equal(sent.status, 200, await sent.text());
  assert.equal(await total(), before + 1);
  assert.equal(await rpc("evm_revert", snapshot), true);
  await until(async () => (await total()) === before);
  await page.waitForSelector(".lamp.good");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("describes every address in OpenAPI, in words", { skip }, async () => {
  const document = await (await fetch(new URL("/openapi.json", realm.url))).json();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => [path, operation.summary]));
  assert.ok(operations.length >= 25, `${operations.length}`);
  assert.deepEqual(operations.filter(([, summary]) => !summary), []);
});

test("says that the node is gone, and comes back with it", { skip }, async () => {
  const { page } = await open();
  const port = new URL(realm.url).port;
  await realm.stop();
  await page.waitForSelector("text=not connected: trying again");
  await realm.start({ demo: false, port });
  await page.waitForSelector(".lamp.good", { timeout: 60_000 });
  await page.waitForSelector("#reservations >> text=none yet");
  await page.close();
});
