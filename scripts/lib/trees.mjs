// Reads the specifications by branches (tests/contracts/*.tree): each branch ends in the tests that hold it.

const branch = /^([│ ]*)[├└]── (.*)$/;
const testName = /^(\w+)\.((?:test|testFuzz|invariant)_\w+)$/;

/** The lines of a tree that nothing hangs on, as { line, text }. */
export function leavesOf(tree) {
  const nodes = tree.split("\n")
    .map((text, index) => ({ line: index + 1, found: branch.exec(text) }))
    .filter(({ found }) => found)
    .map(({ line, found: [, indent, text] }) => ({ line, depth: indent.length, text }));
  return nodes.filter(({ depth }, at) => at + 1 === nodes.length || nodes[at + 1].depth <= depth);
}

/** Names of the tests in the source of a test file. */
export function testsIn(source) {
  return new Set([...source.matchAll(/^ {4}function ((?:test|testFuzz|invariant)_\w+)\(/gm)].map(([, name]) => name));
}

/** Names of the custom errors that an interface declares, without the contract's name in front. */
export function errorsIn(source) {
  return [...source.matchAll(/^ {4}error \w+?_(\w+)\(/gm)].map(([, name]) => name);
}

/**
 * What is wrong with the tree of a contract, as lines of text. `tests` maps the name of each test file, without its
 * ending, to the names of the tests in it; `errors` are the contract's, each of which must be in some branch.
 */
export function problemsOfTree(contract, tree, tests, errors) {
  const problems = [];
  const first = tree.split("\n")[0];
  if (first !== contract) problems.push(`1: begins with "${first}", expected "${contract}"`);
  const leaves = leavesOf(tree);
  if (leaves.length === 0) problems.push("1: has no branch");
  for (const { line, text } of leaves) {
    const [, file, name] = testName.exec(text) ?? [];
    if (!file) problems.push(`${line}: a branch without test: ${text}`);
    else if (!tests.get(file)?.has(name)) problems.push(`${line}: there is no test ${name} in ${file}.t.sol`);
  }
  const words = new Set(tree.match(/\w+/g));
  errors.filter((name) => !words.has(name)).forEach((name) => problems.push(`1: no branch names the error ${name}`));
  return problems;
}
