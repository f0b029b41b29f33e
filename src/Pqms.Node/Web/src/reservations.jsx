import { useState } from "preact/hooks";
import { list, post } from "./api.js";
import { clock, duration, ether, moment, share, short } from "./format.js";
import { useAnswer } from "./live.js";
import { Facts, Paging, Problem, Short, Table, Transaction } from "./parts.jsx";
import { RequestForm } from "./request.jsx";

const partLength = 10;
const heads = ["id", "status", "pool", "slots", "window (UTC)", "price", "takes", "delivered"];

export function ReservationSection({ state }) {
  const [before, setBefore] = useState(null);
  const [chosen, setChosen] = useState(null);
  const version = state.status?.oracle?.followedBlock;
  const path = `/reservations?limit=${partLength}${before === null ? "" : `&before=${before}`}`;
  const { value, error } = useAnswer(path, version);
  const pools = list(state.pools);
  return (
    <section id="reservations" aria-labelledby="reservations-title">
      <h2 id="reservations-title">Reservations</h2>
      <RequestForm pools={pools} signs={state.signs} onMade={setChosen} />
      <Problem error={error} />
      <Table caption="The newest first" heads={heads} rows={list(value?.items).map((one) => (
        <Row key={one.id} one={one} pools={pools} isChosen={one.id === chosen} onChoose={() => setChosen(one.id)} />
      ))} />
      <Paging page={value} before={before} onTurn={setBefore} />
      {chosen && <Life id={chosen} version={version} signs={state.signs} now={state.status?.chain?.latestTimeSeconds} />}
    </section>
  );
}

function Row({ one, pools, isChosen, onChoose }) {
  return (
    <tr class={isChosen ? "chosen" : ""}>
      <th scope="row">
        <button type="button" class="link mono" title={one.id} aria-pressed={isChosen} onClick={onChoose}>
          {short(one.id)}
        </button>
      </th>
      <td><span class={`status ${one.status}`}>{one.status}</span></td>
      <td>{pools.find((pool) => pool.id === one.pool)?.name ?? one.pool}</td>
      <td class="num">{one.slots}</td>
      <td class="num" title={moment(one.startSeconds)}>{clock(one.startSeconds)} – {clock(one.endSeconds)}</td>
      <td class="num">{ether(one.priceWei)}</td>
      <td class="num">{one.takes}</td>
      <td class="num">{share(one.deliveredShare)}</td>
    </tr>
  );
}

function Life({ id, version, signs, now }) {
  const { value, error } = useAnswer(`/reservations/${encodeURIComponent(id)}`, version);
  const one = value?.reservation;
  return (
    <div class="card" id="life">
      <h3>Life of <span class="mono">{id}</span></h3>
      <Problem error={error} />
      {one && (
        <>
          <Facts facts={[
            ["status", one.status],
            ["window", `${moment(one.startSeconds)}, ${duration(one.endSeconds - one.startSeconds)}`],
            ["least fidelity", value.fidelityMin],
            ["paid / fees / back / penalty", [value.paidWei, value.feesWei, value.refundWei, value.penaltyWei]
              .map((wei) => ether(wei)).join(" / ")],
          ]} />
          {one.status === "Granted" && now >= one.startSeconds && <Acts id={id} signs={signs} />}
          <ol class="timeline">
            {list(value.steps).map((step, index) => <Step key={index} step={step} />)}
          </ol>
        </>
      )}
    </div>
  );
}

function Step({ step }) {
  return (
    <li>
      <span class="num">{clock(step.timeSeconds)}</span> <strong>{step.to}</strong> {step.text}{" "}
      {step.transaction
        ? <span class="dim">block {step.block}, <Short of={step.transaction} text={short(step.transaction)} /></span>
        : <span class="dim">by time alone</span>}
    </li>
  );
}

/** Take and release: signed by the development client, or as transactions for one's own wallet. */
function Acts({ id, signs }) {
  const [said, setSaid] = useState({ busy: false, text: "", made: null, error: null });
  const act = async (kind, text) => {
    setSaid({ busy: true, text: `${text} …`, made: null, error: null });
    try {
      const made = await post(`${signs ? "/development" : ""}/transactions/${kind}`, { id, count: 1 });
      setSaid({ busy: false, text: signs ? `${text}: mined in block ${made.block}` : text, made, error: null });
    } catch (error) {
      setSaid({ busy: false, text: "", made: null, error: error.message });
    }
  };
  return (
    <div class="acts">
      <button type="button" disabled={said.busy} onClick={() => act("take", "take one pair")}>Take a pair</button>
      <button type="button" disabled={said.busy} onClick={() => act("release", "release")}>Release</button>
      <span role="status">{said.text}</span>
      {said.made?.data && <Transaction of={said.made} />}
      <Problem error={said.error} />
    </div>
  );
}
