// Turns what test hosts leave behind into counts. Whatever is missing, crashed or empty becomes a failure.

/** @typedef {{ suite: string, passed: number, failed: number, skipped: number, problems: string[] }} SuiteResult */

/** A check that has only two outcomes, counted as one test. */
export function checkResult(suite, code, why) {
  const failed = code === 0 ? 0 : 1;
  return { suite, passed: 1 - failed, failed, skipped: 0, problems: failed ? [why ?? `exit code ${code}`] : [] };
}

/** Adds a failure when a host ended badly without saying which test failed, or ran nothing. */
function guard(result, code) {
  const problems = [...result.problems];
  let failed = result.failed;
  if (code !== 0 && failed === 0) {
    problems.push(`the test host ended with code ${code} although no test failed`);
    failed += 1;
  } else if (code === 0 && failed > 0) {
    problems.push("the test host ended with code 0 although tests failed");
  }
  if (result.passed + result.failed === 0) {
    problems.push("no test ran");
    failed = Math.max(failed, 1);
  }
  return { ...result, failed, problems };
}

/**
 * Counts of one TRX file. `xml` is undefined when the host wrote none.
 * xunit writes skipped tests as total minus executed; `notExecuted` stays 0.
 */
export function trxResult(suite, xml, code) {
  const counters = xml && /<Counters\s+([^>]*)\/?>/.exec(xml)?.[1];
  if (!counters) {
    const why = xml === undefined ? "no result file: the test host crashed or never started" : "unreadable result file";
    return { suite, passed: 0, failed: 1, skipped: 0, problems: [why] };
  }
  const value = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  const passed = value("passed");
  const failed = Math.max(value("executed") - passed, value("failed"));
  const problems = [...xml.matchAll(/<UnitTestResult\b([^>]*)>/g)]
    .filter(([, attributes]) => /\boutcome="Failed"/.test(attributes))
    .map(([, attributes]) => unescapeXml(/\btestName="([^"]*)"/.exec(attributes)?.[1] ?? "unnamed test"));
  const result = guard({ suite, passed, failed, skipped: value("total") - value("executed"), problems }, code);
  if (/<ResultSummary\s+outcome="(Failed|Aborted|Error)"/.test(xml) && result.failed === 0) {
    return { ...result, failed: 1, problems: ["the run is marked as failed: the test host crashed"] };
  }
  return result;
}

/** Counts of `hardhat test solidity`: every test's own line, held against the summary it prints. */
export function hardhatResult(suite, output, code) {
  const lines = stripColours(output).split(/\r?\n/);
  const end = lines.findIndex((line) => /^\s*\d+ passing\b/.test(line));
  if (end < 0) {
    return { suite, passed: 0, failed: 1, skipped: 0, problems: ["no summary in Hardhat's output"] };
  }
  const listed = lines.slice(0, end);
  const count = (pattern) => listed.filter((line) => pattern.test(line)).length;
  const said = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(lines.slice(end).join("\n"))?.[1] ?? 0);
  const result = guard({
    suite,
    passed: said("passing"),
    failed: said("failing"),
    skipped: said("skipped"),
    problems: listed.filter((line) => /^\s+\d+\) \S/.test(line)).map((line) => line.trim().replace(/^\d+\) /, "")),
  }, code);
  if (count(/^\s+✔ /) !== result.passed) {
    result.problems.push(`${count(/^\s+✔ /)} tests are listed as passed, the summary says ${result.passed}`);
    result.failed = Math.max(result.failed, 1);
  }
  return result;
}

/** That a tool is not there counts as one skipped test: its script says so and ends well. */
function skippedResult(suite, output, code) {
  const skipped = code === 0 && /^skipped: /m.test(output);
  return skipped ? { suite, passed: 0, failed: 0, skipped: 1, problems: [] } : undefined;
}

/** Counts of `npm run contracts:prove`: every assertion of the models is a test. */
export function proofResult(suite, output, code) {
  const skipped = skippedResult(suite, output, code);
  if (skipped) return skipped;
  const sum = /^(\d+) proven, (\d+) not proven/m.exec(output);
  if (!sum) {
    return { suite, passed: 0, failed: 1, skipped: 0, problems: ["no sum in the output of the proofs"] };
  }
  const problems = [...output.matchAll(/^\S+\.sol:\d+: not proven.*$/gm)].map(([line]) => line);
  return guard({ suite, passed: Number(sum[1]), failed: Number(sum[2]), skipped: 0, problems }, code);
}

/** Counts of `forge test`, from the line that ends it. */
export function forgeResult(suite, output, code) {
  const text = stripColours(output);
  const absent = skippedResult(suite, text, code);
  if (absent) return absent;
  const sum = /^Ran \d+ test suites? in .*: (\d+) tests? passed, (\d+) failed, (\d+) skipped/m.exec(text);
  if (!sum) {
    return { suite, passed: 0, failed: 1, skipped: 0, problems: ["no summary in forge's output"] };
  }
  const [passed, failed, skipped] = sum.slice(1).map(Number);
  // An invariant's name follows the calls that broke it, on lines of their own.
  const failures = text.matchAll(/^\[FAIL[^\n]*\n?(?:\t[^\n]*\n)*? ?((?:test|invariant)\w*)\(/gm);
  const problems = [...new Set([...failures].map(([, name]) => name))];
  return guard({ suite, passed, failed, skipped, problems }, code);
}

/** Counts of `node --test` with the tap reporter. */
export function tapResult(suite, output, code) {
  const value = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  const problems = [...output.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, name]) => name);
  const failed = value("fail") + value("cancelled");
  return guard({ suite, passed: value("pass"), failed, skipped: value("skipped") + value("todo"), problems }, code);
}

/** Counts of flat TAP, as vitest writes it: one line for each test, held against the plan. */
export function flatTapResult(suite, output, code) {
  const lines = output.split(/\r?\n/);
  const names = (pattern) => lines.map((line) => pattern.exec(line)?.[1]).filter((name) => name !== undefined);
  const skipped = names(/^ok \d+ - (.*) # SKIP/);
  const [passed, failed] = [names(/^ok \d+ - (.*)$/), names(/^not ok \d+ - (.*)$/)];
  const planned = Number(/^1\.\.(\d+)$/m.exec(output)?.[1] ?? 0);
  const result = guard({
    suite, passed: passed.length - skipped.length, failed: failed.length, skipped: skipped.length, problems: failed,
  }, code);
  if (planned !== passed.length + failed.length) {
    result.problems.push(`${passed.length + failed.length} tests are listed, ${planned} were planned`);
    result.failed = Math.max(result.failed, 1);
  }
  return result;
}

/** Sum of all suites and the line that ends a run. */
export function summary(results) {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  return { line, ok: failed === 0 && passed > 0 };
}

function stripColours(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*m/g, "");
}

function unescapeXml(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}
