import { useState } from "preact/hooks";
import { get, list } from "./api.js";
import { clock, short } from "./format.js";
import { useAnswer } from "./live.js";
import { Paging, Problem, Short, Table } from "./parts.jsx";
import { digestOnChain, steps } from "./proof.js";

const partLength = 10;
const heads = ["report", "accepted (UTC)", "events", "to block", "lag", "gas", "signers", "head", "before it"];

export function ReportSection({ state }) {
  const [before, setBefore] = useState(null);
  const [chosen, setChosen] = useState(null);
  const path = `/reports?limit=${partLength}${before === null ? "" : `&before=${before}`}`;
  const { value, error } = useAnswer(path, state.reports);
  return (
    <section id="reports" aria-labelledby="reports-title">
      <h2 id="reports-title">Reports</h2>
      <Problem error={error} />
      <Table caption="A chain of heads, the newest first" heads={heads} rows={list(value?.items).map((one) => (
        <Row key={one.head} one={one} isChosen={one.sequence === chosen} onChoose={() => setChosen(one.sequence)} />
      ))} />
      <Paging page={value} before={before} onTurn={setBefore} />
      {chosen !== null && <Leaves key={chosen} sequence={chosen} rpc={state.status?.chain?.url} />}
    </section>
  );
}

function Row({ one, isChosen, onChoose }) {
  const signers = Array.isArray(one.signers) ? one.signers : [];
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <th scope="row">
        <button type="button" class="link" aria-pressed={isChosen} onClick={onChoose}>{one.sequence}</button>
      </th>
      <td class="num">{clock(one.acceptedAtSeconds)}</td>
      <td class="num">{one.leaves}</td>
      <td class="num">{one.toBlock}</td>
      <td class="num">{one.lagSeconds} s</td>
      <td class="num">{one.gasUsed ?? "–"}</td>
      <td><abbr title={signers.join(", ")}>{signers.length > 0 ? signers.map(short).join(", ") : "–"}</abbr></td>
      <td><Short of={one.head} text={short(one.head)} /></td>
      <td><Short of={one.previousHead} text={short(one.previousHead)} /></td>
    </tr>
  );
}

function Leaves({ sequence, rpc }) {
  const [before, setBefore] = useState(null);
  const [leaf, setLeaf] = useState(null);
  const path = `/reports/${sequence}/leaves?limit=${partLength}${before === null ? "" : `&before=${before}`}`;
  const { value, error } = useAnswer(path, 0);
  return (
    <div class="card" id="check">
      <h3>Check it yourself: report {sequence}</h3>
      <p>Pick an event. This page hashes it up to the report's root and asks the chain, not this node, whether that is
        what its contract keeps.</p>
      <Problem error={error} />
      <Table caption="Events" heads={["event", "kind", "fields"]} rows={list(value?.items).map((one) => (
        <tr key={one.index} class={leaf === one.index ? "chosen" : ""}>
          <th scope="row">
            <button type="button" class="link" aria-label={`check event ${one.index}`} onClick={() => setLeaf(one.index)}>
              {one.index}
            </button>
          </th>
          <td>{one.kind}</td>
          <td class="mono fields">{one.text}</td>
        </tr>
      ))} />
      <Paging page={value} before={before} onTurn={setBefore} />
      {leaf !== null && <Check key={leaf} sequence={sequence} index={leaf} rpc={rpc} />}
    </div>
  );
}

function Check({ sequence, index, rpc }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  const check = async () => {
    setError(null);
    setFound(null);
    try {
      const proof = await get(`/reports/${sequence}/leaves/${index}`);
      const own = steps(proof);
      const kept = await digestOnChain(rpc, proof);
      setFound([...own.steps, {
        text: `what contract ${short(proof.hub)} keeps, asked from ${rpc}`, value: kept, ok: kept === own.digest,
      }]);
    } catch (problem) {
      setError(problem.message);
    }
  };
  const isProven = found?.every((step) => step.ok);
  return (
    <div>
      <button type="button" onClick={check}>Check event {index}</button>
      <Problem error={error} />
      {found && (
        <>
          <ol class="steps">
            {found.map((step, i) => (
              <li key={i} class={step.ok ? "" : "bad"}>
                {step.ok ? "" : "FAILS: "}{step.text} <code>{step.value}</code>
              </li>
            ))}
          </ol>
          <p class={`verdict ${isProven ? "good" : "bad"}`} role="status">
            {isProven ? "Proven: the chain keeps exactly this." : "Not proven: do not trust this node."}
          </p>
        </>
      )}
    </div>
  );
}
