import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { list } from "./api.js";
import { clock, fidelity, figure } from "./format.js";
import { useAnswer } from "./live.js";
import { Facts, Problem, Table } from "./parts.jsx";

const lightMetersPerSecond = 299_792_458;
const heads = ["pool", "stock", "fidelity: estimate, mean and range", "true (emulator's)", "floor", "takes/s", "discarded", "J/pair"];

export function PoolSection({ pools, version }) {
  const all = list(pools);
  const [id, setId] = useState(1);
  const pool = all.find((one) => one.id === id) ?? all[0];
  return (
    <section id="pools" aria-labelledby="pools-title">
      <h2 id="pools-title">Pools</h2>
      <Table caption="Standing pairs" heads={heads} empty="no era has begun yet" rows={all.map((one) => (
        <PoolRow key={one.id} pool={one} isChosen={one === pool} onChoose={() => setId(one.id)} />
      ))} />
      {pool && <PoolDetail pool={pool} version={version} />}
    </section>
  );
}

function PoolRow({ pool, isChosen, onChoose }) {
  const stands = (value) => (pool.stock > 0 ? value : NaN);
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <th scope="row">
        <button type="button" class="link" aria-pressed={isChosen} onClick={onChoose}>{pool.name}</button>
        {pool.isolated && <span class="tag bad">isolated</span>}
      </th>
      <td class="num">
        <meter min={0} max={Math.max(1, pool.stockTarget)} value={pool.stock}
          aria-label={`${pool.stock} of ${pool.stockTarget}`} /> {pool.stock}/{pool.stockTarget}
      </td>
      <td class="num">
        {fidelity(stands(pool.fidelityEstimateMean))}{" "}
        <small class="dim">
          {fidelity(stands(pool.fidelityEstimateLeast))} to {fidelity(stands(pool.fidelityEstimateGreatest))}
        </small>
      </td>
      <td class="num dim">{fidelity(stands(pool.fidelityTrueMean))}</td>
      <td class="num">{fidelity(pool.fidelityFloor)}</td>
      <td class="num">{figure(pool.takesPerSecond)}</td>
      <td class="num">{pool.discarded}</td>
      <td class="num">{figure(pool.joulesPerPair)}</td>
    </tr>
  );
}

function PoolDetail({ pool, version }) {
  const { value, error } = useAnswer(`/pools/${pool.id}/recent`, version);
  const tested = pool.testedFidelity === null ? "no tests in this scenario"
    : `${fidelity(pool.testedFidelity)} (95 %: ${fidelity(pool.testedFidelityLower)} to `
      + `${fidelity(pool.testedFidelityUpper)})`;
  return (
    <div class="split">
      <div>
        <h3>{pool.name}: the last five minutes</h3>
        <Problem error={error} />
        <Chart samples={list(value)} floor={pool.fidelityFloor} name={pool.name} />
      </div>
      <Facts facts={[
        ["route", `${pool.links} spans, ${figure(pool.lengthMeters / 1000, "km")}`],
        ["light needs at least", figure((pool.lengthMeters / lightMetersPerSecond) * 1000, "ms one way")],
        ["fresh pair", fidelity(pool.freshFidelity)],
        ["stays above the floor", figure(pool.lifetimeSeconds, "s")],
        ["refills a place at", figure(pool.pairsPerSecond, "a second")],
        ["slots in use", pool.grantedSlots],
        ["fresh pairs by Bell tests", tested],
        ["health", pool.health ?? "not tested"],
        ["made / taken / discarded", `${pool.generated} / ${pool.delivered} / ${pool.discarded}`],
      ]} />
    </div>
  );
}

function Chart({ samples, floor, name }) {
  const frame = useRef(null);
  const chart = useRef(null);
  useEffect(() => {
    const make = () => {
      chart.current?.destroy();
      chart.current = new uPlot(options(frame.current), data(samples, floor), frame.current);
    };
    make();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const size = new ResizeObserver(() => chart.current.setSize(sizeOf(frame.current)));
    dark.addEventListener("change", make);
    size.observe(frame.current);
    return () => {
      dark.removeEventListener("change", make);
      size.disconnect();
      chart.current.destroy();
      chart.current = null;
    };
  }, [name]);
  useEffect(() => chart.current?.setData(data(samples, floor)), [samples, floor]);
  const last = samples.at(-1);
  return (
    <div class="chart" ref={frame} role="img" aria-label={last
      ? `Fidelity ${fidelity(last.fidelityEstimate)} and stock ${last.stock} of ${name} now` : "no samples yet"} />
  );
}

const sizeOf = (frame) => ({ width: Math.max(240, frame.clientWidth), height: 220 });

function data(samples, floor) {
  const value = (one, key) => (one.stock > 0 ? one[key] : null);
  return [
    samples.map((one) => one.timeSeconds), samples.map((one) => value(one, "fidelityEstimate")),
    samples.map((one) => value(one, "fidelityTrue")), samples.map(() => floor), samples.map((one) => one.stock),
  ];
}

function options(frame) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const axis = { stroke: colour("--text"), grid: { stroke: colour("--line") }, ticks: { stroke: colour("--line") } };
  const line = (label, stroke, extra) => ({ label, stroke: colour(stroke), width: 1.5, points: { show: false }, ...extra });
  return {
    ...sizeOf(frame),
    legend: { live: false },
    cursor: { show: false },
    scales: { stock: { range: (_, low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [{ ...axis, space: 90, values: (_, times) => times.map(clock) }, { ...axis, size: 64 }, { ...axis, side: 1, scale: "stock", grid: { show: false } }],
    series: [
      {}, line("fidelity, estimate", "--accent"), line("true (emulator's)", "--good", { dash: [4, 4] }),
      line("floor", "--bad", { dash: [2, 3] }), line("stock", "--dim", { scale: "stock" }),
    ],
  };
}
