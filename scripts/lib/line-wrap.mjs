import { blankNonCode } from "./source-scanner.mjs";

const step = "    ";
// Ranks a bracket behind every comma and operator, however deep.
const noComma = 100;

/** A comment line over `limit` as several, broken at spaces outside tags; any other line as it is. */
export function wrappedComment(line, limit) {
  const prefix = /^\s*\/{2,3} /.exec(line)?.[0];
  if (!prefix || line.length <= limit) {
    return [line];
  }
  let end = -1;
  let inTag = false;
  for (let at = prefix.length; at <= limit; at += 1) {
    inTag = line[at] === "<" ? /[\w/]/.test(line[at + 1] ?? "") : inTag && line[at] !== ">";
    end = line[at] === " " && !inTag ? at : end;
  }
  return end < 0 ? [line] : [line.slice(0, end), ...wrappedComment(prefix + line.slice(end + 1), limit)];
}

/**
 * The text with every C# line of code over `limit` broken once where it nests least: after an arrow, a comma
 * or, failing these, a bracket; before an operator. What has no such place, or is still too long then, is left to
 * a person.
 */
export function wrappedCode(text, limit) {
  const masks = blankNonCode(text, "cs").split("\n");
  return text.split("\n").flatMap((line, index) => {
    const place = line.length > limit && !line.includes("//") ? breakOf(masks[index], limit) : undefined;
    if (place === undefined) {
      return [line];
    }
    const { at, goesOn } = place;
    const rest = /^\s*/.exec(line)[0] + (goesOn ? "" : step) + line.slice(at).trimStart();
    return rest.length > limit ? [line] : [line.slice(0, at).trimEnd(), rest];
  }).join("\n");
}

// The last break of the least depth whose left part fits. A list that began on a line above goes on at its indent.
function breakOf(mask, limit) {
  let depth = 0;
  let best;
  const offer = (at, rank, goesOn = false) => {
    if (at <= limit && (!best || rank <= best.rank)) {
      best = { at, rank, goesOn };
    }
  };
  for (let at = mask.search(/\S/); at < Math.min(mask.length, limit); at += 1) {
    if ("([{".includes(mask[at])) {
      depth += 1;
      offer(at + 1, noComma + depth);
    } else if (")]}".includes(mask[at])) {
      depth -= 1;
    } else if (mask.startsWith("=> ", at) && depth === 0) {
      offer(at + 2, -1);
    } else if (mask[at] === "," && mask[at + 1] === " ") {
      offer(at + 1, depth, depth === 0);
    } else if (/^ (&&|\|\||\?|:|\?\?|\+) /.test(mask.slice(at, at + 4))) {
      offer(at, depth);
    }
  }
  return best;
}
