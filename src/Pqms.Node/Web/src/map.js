// What the map draws: places, and how a link's state looks. Shape says it as well as colour.

const scale = 100;

/** Sites by their coordinates (in a circle when none has any), links between them. */
export function meshElements(sites, links, ends) {
  const isPlaced = sites.some((site) => site.latitude !== 0 || site.longitude !== 0);
  const middle = sites.reduce((sum, site) => sum + site.latitude, 0) / Math.max(1, sites.length);
  const narrow = Math.cos((middle * Math.PI) / 180);
  const endNodes = new Set(ends.flatMap((pool) => [pool.a, pool.b]));
  const place = (site) => {
    const angle = (2 * Math.PI * site.index) / sites.length;
    return isPlaced
      ? { x: site.longitude * narrow * scale, y: -site.latitude * scale }
      : { x: Math.cos(angle) * sites.length * 10, y: Math.sin(angle) * sites.length * 10 };
  };
  return [
    ...sites.map((site) => ({
      data: { id: `s${site.index}`, label: sites.length <= 60 || endNodes.has(site.index) ? site.name : "" },
      position: place(site),
      classes: endNodes.has(site.index) ? "end" : "repeater",
    })),
    ...links.filter((link) => sites[link.a] && sites[link.b]).map((link) => ({
      data: { id: `l${link.index}`, source: `s${link.a}`, target: `s${link.b}`, ...stateOf(link) },
    })),
  ];
}

/** A link's look: how much it makes, and whether something is wrong with it. */
export function stateOf(link) {
  const rate = Number.isFinite(link.pairsPerSecond) ? Math.max(0, link.pairsPerSecond) : 0;
  return {
    width: 1.5 + Math.min(6, Math.log10(1 + rate) * 2),
    state: !link.isUp ? "down" : link.isSuspected ? "suspected" : rate > 0 ? "busy" : "idle",
  };
}

/** The map's style; canvas knows no CSS variables. */
export function meshStyle(isDark) {
  const colours = isDark
    ? { text: "#e6e9ef", node: "#8fb4ff", line: "#4b5567", busy: "#5fd0a5", bad: "#ff8a80", warn: "#ffc46b" }
    : { text: "#1d2433", node: "#2456c5", line: "#a9b3c4", busy: "#0b7a53", bad: "#b3261e", warn: "#9a5b00" };
  return [
    { selector: "node", style: {
      "background-color": colours.node, width: 8, height: 8, label: "data(label)", color: colours.text,
      "font-size": 11, "text-margin-y": -3, "min-zoomed-font-size": 7,
    } },
    { selector: "node.end", style: { width: 14, height: 14, "font-weight": "bold" } },
    { selector: "edge", style: { width: "data(width)", "line-color": colours.line, "curve-style": "straight" } },
    { selector: "edge[state = 'busy']", style: { "line-color": colours.busy } },
    { selector: "edge[state = 'suspected']", style: { "line-color": colours.warn, "line-style": "dashed" } },
    { selector: "edge[state = 'down']", style: { "line-color": colours.bad, "line-style": "dotted", width: 4 } },
    { selector: ":selected", style: { "overlay-color": colours.node, "overlay-opacity": 0.25, "overlay-padding": 6 } },
  ];
}
