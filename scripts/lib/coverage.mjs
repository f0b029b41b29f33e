// Reads what a coverage run left behind (lcov) and tells it as a table.

/** Lines of each source file that ran, and those that did not: { path, ran, missed }; sorted by path. */
export function readLcov(text) {
  const files = text.split("end_of_record").map((record) => ({
    path: /^SF:(.*)$/m.exec(record)?.[1].replaceAll("\\", "/"),
    lines: [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [Number(line), Number(count)]),
  })).filter(({ path }) => path !== undefined);
  return files.map(({ path, lines }) => ({
    path,
    ran: lines.filter(([, count]) => count > 0).length,
    missed: lines.filter(([, count]) => count === 0).map(([line]) => line).sort((a, b) => a - b),
  })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Part of a file's lines that ran, in percent; 100 for a file without lines. */
export function percentOf({ ran, missed }) {
  return ran + missed.length === 0 ? 100 : (100 * ran) / (ran + missed.length);
}

/** A line for each file and one for all of them. */
export function tableOf(files) {
  const total = { path: "all", ran: 0, missed: [] };
  files.forEach(({ ran, missed }) => {
    total.ran += ran;
    total.missed = [...total.missed, ...missed];
  });
  const row = ({ path, ran, missed }, where) => {
    const share = `${percentOf({ ran, missed }).toFixed(2)} %`;
    return `  ${path.padEnd(46)}${share.padStart(9)}${String(ran + missed.length).padStart(6)} lines${where}`;
  };
  const rows = files.map((file) => row(file, file.missed.length > 0 ? `  not run: ${file.missed.join(", ")}` : ""));
  return [...rows, row(total, "")].join("\n");
}

/** What is below the least percentage, as lines of text; a run that measured nothing is one, too. */
export function problemsOfCoverage(files, leastPercent) {
  if (files.length === 0) return ["no file was measured"];
  return files.filter((file) => percentOf(file) < leastPercent)
    .map((file) => `${file.path}: ${percentOf(file).toFixed(2)} % of its lines ran, at least ${leastPercent} % must`);
}
