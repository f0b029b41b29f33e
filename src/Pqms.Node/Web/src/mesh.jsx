import { useEffect, useRef, useState } from "preact/hooks";
import cytoscape from "cytoscape";
import { list } from "./api.js";
import { fidelity, figure } from "./format.js";
import { useAnswer } from "./live.js";
import { Facts, Problem } from "./parts.jsx";
import { meshElements, meshStyle, stateOf } from "./map.js";

export function MeshSection({ version, pools }) {
  const { value, error } = useAnswer("/mesh", version);
  const [chosen, setChosen] = useState(null);
  const sites = list(value?.sites);
  const links = list(value?.links);
  return (
    <section id="mesh" aria-labelledby="mesh-title">
      <h2 id="mesh-title">Mesh</h2>
      <Problem error={error} />
      <div class="split">
        <Map sites={sites} links={links} ends={list(value?.pools)} chosen={chosen} onChoose={setChosen} />
        <div>
          <label>
            Site or link{" "}
            <select value={chosen ?? ""} onChange={(event) => setChosen(event.currentTarget.value || null)}>
              <option value="">all</option>
              {sites.map((site) => <option key={`s${site.index}`} value={`s${site.index}`}>{site.name}</option>)}
              {links.map((link) => (
                <option key={`l${link.index}`} value={`l${link.index}`}>{nameOf(link, sites)}</option>
              ))}
            </select>
          </label>
          <div aria-live="polite">
            <Chosen chosen={chosen} sites={sites} links={links} pools={list(pools)} ends={list(value?.pools)} />
          </div>
        </div>
      </div>
    </section>
  );
}

function Map({ sites, links, ends, chosen, onChoose }) {
  const frame = useRef(null);
  const map = useRef(null);
  const shape = `${sites.length}/${links.length}`;
  useEffect(() => {
    if (sites.length === 0) {
      return undefined;
    }
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const made = cytoscape({
      container: frame.current,
      elements: meshElements(sites, links, ends),
      style: meshStyle(dark.matches),
      layout: { name: "preset", padding: 24 },
      minZoom: 0.2, maxZoom: 12, autoungrabify: true, boxSelectionEnabled: false,
    });
    const restyle = () => made.style(meshStyle(dark.matches));
    dark.addEventListener("change", restyle);
    made.on("tap", (event) => onChoose(event.target === made ? null : event.target.id()));
    map.current = made;
    return () => {
      dark.removeEventListener("change", restyle);
      made.destroy();
      map.current = null;
    };
  }, [shape]);
  useEffect(() => {
    map.current?.batch(() => links.forEach((link) => map.current.$id(`l${link.index}`).data(stateOf(link))));
  }, [links, shape]);
  useEffect(() => {
    map.current?.$(":selected").unselect();
    if (chosen) {
      map.current?.$id(chosen).select();
    }
  }, [chosen, shape]);
  return (
    <div class="map" ref={frame} role="img"
      aria-label={`Map of ${sites.length} sites and ${links.length} links; the list beside it has the same`} />
  );
}

function Chosen({ chosen, sites, links, pools, ends }) {
  if (chosen?.startsWith("l")) {
    const link = links[Number(chosen.slice(1))];
    return link ? <LinkFacts link={link} sites={sites} /> : null;
  }
  if (chosen?.startsWith("s")) {
    const index = Number(chosen.slice(1));
    return <SiteFacts site={sites[index]} links={links} sites={sites} pools={pools.filter((pool) => {
      const end = ends[pool.id - 1];
      return end && (end.a === index || end.b === index);
    })} />;
  }
  const busy = links.filter((link) => link.pairsPerSecond > 0);
  return (
    <Facts facts={[
      ["sites", sites.length],
      ["links", `${links.length}, ${busy.length} make pairs now`],
      ["link pairs", figure(busy.reduce((sum, link) => sum + link.pairsPerSecond, 0), "a second")],
      ["down", links.filter((link) => !link.isUp).length],
      ["suspected by Bell tests", links.filter((link) => link.isSuspected).length],
    ]} />
  );
}

function LinkFacts({ link, sites }) {
  return (
    <Facts facts={[
      ["link", nameOf(link, sites)],
      ["state", !link.isUp ? "down" : link.isSuspected ? "suspected by Bell tests" : "up"],
      ["fibre", figure(link.lengthMeters / 1000, "km")],
      ["pairs", figure(link.pairsPerSecond, "a second")],
      ["waiting in memories", link.stored],
      ["fidelity of a fresh pair (believed)", fidelity(link.freshFidelity)],
      ["pools on it", link.pools],
    ]} />
  );
}

function SiteFacts({ site, sites, links, pools }) {
  if (!site) {
    return null;
  }
  const own = links.filter((link) => link.a === site.index || link.b === site.index);
  return (
    <Facts facts={[
      ["site", site.name],
      ["place", `${figure(site.latitude)} N, ${figure(site.longitude)} E`],
      ["links", own.map((link) => nameOf(link, sites)).join(", ") || "none"],
      ["pools that end here", pools.map((pool) => pool.name).join(", ") || "none: a repeater"],
      ["pairs standing", pools.reduce((sum, pool) => sum + pool.stock, 0)],
    ]} />
  );
}

function nameOf(link, sites) {
  return `${sites[link.a]?.name ?? link.a} – ${sites[link.b]?.name ?? link.b}`;
}
