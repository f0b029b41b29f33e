#!/usr/bin/env node
// Writes scenarios/autobahn-10.json and autobahn-1000.json: zones along German motorways, as an illustration of size.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { StepError, main } from "./lib/process.mjs";

const help = `Usage: node scripts/autobahn.mjs [--check] [--help]

Writes the scenarios autobahn-10 and autobahn-1000: lines of zones with a pool between every two neighbours. Places are
spaced evenly between corner points of the A9, A92 and A3; hardware profiles come from german-backbone.json.
  --check   writes nothing; exit code 1 when a file differs from what would be written

Example: node scripts/autobahn.mjs --check`;

// [latitude, longitude] to a hundredth of a degree, from general knowledge. South on the A9 from Potsdam to München,
// east on the A92 to Deggendorf, north-west on the A3 to the Dutch border at Elten.
const ingolstadt = [48.77, 11.46];
const corners = [
  [52.30, 12.95], [52.07, 12.69], [51.80, 12.28], [51.61, 12.23], [51.40, 12.22], [51.20, 12.00], [50.89, 11.86],
  [50.58, 11.81], [50.31, 11.82], [49.94, 11.60], [49.75, 11.53], [49.45, 11.21], [49.19, 11.23], ingolstadt,
  [48.59, 11.56], [48.43, 11.59], [48.24, 11.63],
  [48.40, 11.75], [48.55, 12.15], [48.63, 12.50], [48.84, 12.96],
  [48.90, 12.57], [49.00, 12.10], [49.16, 11.72], [49.28, 11.46], [49.40, 11.30], [49.59, 11.00], [49.76, 10.62],
  [49.79, 9.94], [49.84, 9.60], [49.97, 9.15], [50.06, 8.60], [50.07, 8.35], [50.39, 8.07], [50.43, 7.83],
  [50.80, 7.20], [50.95, 7.05], [51.03, 7.00], [51.17, 6.93], [51.35, 6.85], [51.50, 6.85], [51.66, 6.62],
  [51.83, 6.25], [51.87, 6.17],
];
const metersPerDegree = 111_195;
const fibreFactor = 1.2;
const shortRouteMeters = 13_500;
// ceil(1.6 x 62) places are 100 pairs.
const slots = 62;

/** What each file holds that differs. */
const files = [
  {
    name: "autobahn-10",
    route: "Ten zones, 1.5 km apart, on the A9 south of Ingolstadt",
    zones: 10,
    corners: corners.slice(corners.indexOf(ingolstadt)),
    limitMeters: shortRouteMeters,
  },
  {
    name: "autobahn-1000",
    route: "A thousand zones on one line of motorways: A9 Potsdam - München, A92 to Deggendorf, A3 to Elten",
    zones: 1000,
    corners,
    limitMeters: Infinity,
  },
];

function metersBetween([latitudeA, longitudeA], [latitudeB, longitudeB]) {
  const east = (longitudeB - longitudeA) * Math.cos(((latitudeA + latitudeB) / 2) * (Math.PI / 180));
  return metersPerDegree * Math.hypot(latitudeB - latitudeA, east);
}

/** Places spaced evenly along the corners, to 1e-5 degrees or a metre, and the fibre between two in metres. */
function places({ corners: way, zones, limitMeters }) {
  const lengths = way.slice(1).map((corner, i) => metersBetween(way[i], corner));
  const step = Math.min(lengths.reduce((sum, length) => sum + length, 0), limitMeters) / (zones - 1);
  const found = [];
  let [leg, passed] = [0, 0];
  for (let zone = 0; zone < zones; zone += 1) {
    while (leg < lengths.length - 1 && zone * step > passed + lengths[leg]) {
      passed += lengths[leg];
      leg += 1;
    }
    const part = Math.min(1, (zone * step - passed) / lengths[leg]);
    found.push([0, 1].map((axis) => (way[leg][axis] + part * (way[leg + 1][axis] - way[leg][axis])).toFixed(5)));
  }
  return { found, linkMeters: Math.round(step * fibreFactor) };
}

function profiles() {
  const backbone = JSON.parse(readFileSync(join(root, "scenarios", "german-backbone.json"), "utf8"));
  const [ideal, published] = ["hypothetical-2035", "published"].map((name) =>
    backbone.profiles.find((profile) => profile.name === name));
  const autobahn = {
    ...ideal,
    name: "hypothetical-autobahn",
    provenance: "hypothetical: no such hardware exists; hypothetical-2035 with links no better than those of today",
    linkFidelity: {
      value: 0.97,
      source: "Main et al., Nature 638, 383 (2025): 0.969 over 2 m; over kilometres hypothetical",
    },
  };
  return [autobahn, published];
}

function profileText(profile) {
  const lines = Object.entries(profile).map(([name, value]) => {
    const text = typeof value === "object"
      ? `{ "value": ${JSON.stringify(value.value)}, "source": ${JSON.stringify(value.source)} }`
      : JSON.stringify(value);
    return `      ${JSON.stringify(name)}: ${text}`;
  });
  return `    {\n${lines.join(",\n")}\n    }`;
}

/** The text of a scenario file. */
function scenarioText(file) {
  const number = (zone) => String(zone + 1).padStart(String(file.zones).length, "0");
  const name = (zone) => `Zone ${number(zone)}`;
  const neighbours = Array.from({ length: file.zones - 1 }, (_, zone) => [zone, zone + 1]);
  const { found, linkMeters } = places(file);
  const sites = found.map(([latitude, longitude], zone) =>
    `    { "name": "${name(zone)}", "latitude": ${latitude}, "longitude": ${longitude} }`);
  // Along the road, also where it turns back within a zone.
  const links = neighbours.map(([a, b]) =>
    `    { "a": "${name(a)}", "b": "${name(b)}", "lengthMeters": ${linkMeters} }`);
  const pools = neighbours.map(([a, b]) => `    { "name": "zone-${number(a)}-${number(b)}", "a": "${name(a)}", `
    + `"b": "${name(b)}", "class": "coordination", "slots": ${slots}, "pricePerSlotSecondWei": 250000000000 }`);
  const fields = {
    $schema: "./scenario.schema.json",
    name: file.name,
    description: `${file.route}; every two neighbours keep about 100 standing pairs of class coordination. Zones are `
      + "an illustration: no operator plans them, nothing is claimed about the safety of vehicles, and nothing is "
      + "faster than light.",
    coordinateSource: "Spaced evenly between corner points of the motorways to a hundredth of a degree, from general "
      + "knowledge (WGS 84); not surveyed, the road itself may run some kilometres beside",
    seed: 20261125,
    warmUpSeconds: 600,
    blockSeconds: 1,
    fibreFactor,
    repeaterEveryMeters: 75000,
    splitAboveMeters: 80000,
    profile: "hypothetical-autobahn",
  };
  const head = Object.entries(fields).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const list = (key, items) => `  "${key}": [\n${items.join(",\n")}\n  ]`;
  const body = [...head, list("profiles", profiles().map(profileText)), list("sites", sites), list("links", links),
    list("pools", pools)];
  return `{\n${body.join(",\n")}\n}\n`;
}

function write(check) {
  for (const file of files) {
    const path = join(root, "scenarios", `${file.name}.json`);
    const text = scenarioText(file);
    if (!check) {
      writeFileSync(path, text);
    } else if (readFileSync(path, "utf8") !== text) {
      const next = "run node scripts/autobahn.mjs";
      throw new StepError(`scenarios/${file.name}.json is not what this script writes.`, next);
    }
  }
}

await main(async () => {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  write(process.argv.includes("--check"));
  return 0;
});
