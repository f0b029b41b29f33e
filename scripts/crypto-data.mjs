// Makes the data files of Pqms.Ethereum's Crypto and of its tests: the English words (BIP-39), the decompositions of
// Unicode's form NFKD, and vectors by other people. Their sources and licences are in the READMEs beside them.
// Usage: node scripts/crypto-data.mjs [--check] [--package FOLDER] [--help]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dataFolder = join(root, "src", "Pqms.Ethereum", "Crypto", "Data");
const vectorFolder = join(root, "tests", "vectors", "ethereum");
const help = `Makes src/Pqms.Ethereum/Crypto/Data/nfkd.txt.gz from this Node's Unicode tables.
  --package FOLDER   the unpacked npm package @ethersproject/testcases@5.8.0: makes english.txt.gz beside it, and
                     tests/vectors/ethereum/{accounts,hashes,hdnode,wallets}.json.gz as well
  --check            writes nothing; fails when the content of a committed file differs
  --help             this text`;

/** Every character above ASCII, without surrogates and without Hangul syllables, which are decomposed by arithmetic. */
function characters() {
  const codes = Array.from({ length: 0x10ffff - 0x7f }, (_, i) => 0x80 + i);
  const wanted = (code) => !(code >= 0xd800 && code <= 0xdfff) && !(code >= 0xac00 && code <= 0xd7a3);
  return codes.filter(wanted).map((code) => String.fromCodePoint(code));
}

const hex = (text) => [...text].map((character) => character.codePointAt(0).toString(16)).join(" ");

/** Whether the normal form puts the second mark before the first: its combining class is lower, and not 0. */
function swaps(first, second) {
  return `a${first}${second}`.normalize("NFD") !== `a${first}${second}`;
}

/** A line for each decomposition ("e9 65 301"), then one for each mark with its rank among the classes ("+301 821"). */
function nfkd() {
  const all = characters();
  const split = all.filter((character) => character.normalize("NFKD") !== character);
  const whole = all.filter((character) => character.normalize("NFD") === character);
  // U+0334 has the lowest class and U+0345 the highest: every mark swaps with one of them.
  const marks = whole.filter((mark) => swaps(mark, "\u0334") || swaps("\u0345", mark));
  const rank = (mark) => 1 + marks.filter((other) => swaps(mark, other)).length;
  return [
    ...split.map((character) => `${hex(character)} ${hex(character.normalize("NFKD"))}`),
    ...marks.map((mark) => `+${hex(mark)} ${rank(mark)}`),
  ].join("\n");
}

/** The files by path, as text; cases without what is tested are left out. */
function files(packageFolder) {
  const made = { [join(dataFolder, "nfkd.txt.gz")]: nfkd() };
  if (packageFolder === undefined) return made;
  const read = (name) => JSON.parse(gunzipSync(readFileSync(join(packageFolder, "testcases", `${name}.json.gz`))));
  const pick = (cases, ...names) => cases.map((each) => Object.fromEntries(names.map((name) => [name, each[name]])));
  const lines = (cases) => `[\n${cases.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`;
  const trees = read("hdnode");
  // The first 300 try passphrases in seven languages; paths are in the "random" ones.
  const paths = trees.slice(300).filter((each) => each.name.startsWith("random") && each.hdnodes.length > 0);
  const english = read("wordlists").find((list) => list.locale === "en");
  return {
    ...made,
    [join(dataFolder, "english.txt.gz")]: english.content,
    [join(vectorFolder, "accounts.json.gz")]: lines(pick(read("accounts"), "address", "checksumAddress", "privateKey")),
    [join(vectorFolder, "hashes.json.gz")]: lines(pick(read("hashes"), "data", "keccak256")),
    [join(vectorFolder, "hdnode.json.gz")]: lines([...trees.slice(0, 300), ...paths.slice(0, 100)]),
    [join(vectorFolder, "wallets.json.gz")]: lines(read("wallets")),
  };
}

const args = process.argv.slice(2);
if (args.includes("--help")) {
  console.log(help);
} else {
  const at = args.indexOf("--package");
  const made = files(at < 0 ? undefined : args[at + 1]);
  const isSame = ([path, text]) => gunzipSync(readFileSync(path)).toString("utf8") === text;
  const different = args.includes("--check") ? Object.entries(made).filter((each) => !isSame(each)) : [];
  for (const [path, text] of args.includes("--check") ? [] : Object.entries(made)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(text, { level: 9 }));
  }
  for (const [path] of different) console.error(`${path} differs: run node scripts/crypto-data.mjs`);
  process.exitCode = different.length > 0 ? 1 : 0;
}
