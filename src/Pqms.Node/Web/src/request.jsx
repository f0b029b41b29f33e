import { useState } from "preact/hooks";
import { get, post } from "./api.js";
import { ether, short } from "./format.js";
import { Problem, Short, Transaction } from "./parts.jsx";

/** A request: first the price, then the transaction, signed here on a development chain or by one's own wallet. */
export function RequestForm({ pools, signs, onMade }) {
  const [order, setOrder] = useState({ pool: 1, slots: 2, seconds: 600, takesPerMinute: 12 });
  const [quote, setQuote] = useState(null);
  const [result, setResult] = useState(null);
  const [error, setError] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const pool = pools.find((one) => one.id === order.pool) ?? pools[0];
  const full = { ...order, pool: pool?.id, fidelity: pool?.fidelityFloor };
  const change = (name) => (event) => {
    setOrder({ ...order, [name]: Number(event.currentTarget.value) });
    setQuote(null);
    setResult(null);
  };
  const run = async (work) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem.message);
    }
    setBusy(false);
  };
  const ask = () => run(async () => {
    const { slots, seconds, fidelity } = full;
    setQuote(await get(`/price?${new URLSearchParams({ pool: full.pool, slots, seconds, fidelity })}`));
  });
  const send = () => run(async () => {
    const made = await post(`${signs ? "/development" : ""}/transactions/request`, full);
    setResult(made);
    setQuote(null);
    if (signs) {
      onMade(made.id);
    }
  });
  return (
    <form class="card" aria-label="Reserve" onSubmit={(event) => {
      event.preventDefault();
      (quote && quote.problems.length === 0 ? send : ask)();
    }}>
      <label>pool <select name="pool" value={full.pool} onChange={change("pool")}>
        {pools.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select></label>
      <Amount name="slots" value={order.slots} least={1} most={32767} onChange={change("slots")} />
      <Amount name="seconds" value={order.seconds} least={1} most={14400} onChange={change("seconds")} />
      <Amount name="takesPerMinute" text="takes a minute" value={order.takesPerMinute} least={0} most={1000000}
        onChange={change("takesPerMinute")} />
      <button type="submit" disabled={isBusy || !pool}>{!quote || quote.problems.length > 0 ? "Price"
        : signs ? "Reserve" : "Show the transaction"}</button>
      <Outcome quote={quote} result={result} signs={signs} />
      <Problem error={error} />
    </form>
  );
}

function Amount({ name, text = name, value, least, most, onChange }) {
  return (
    <label>{text} <input type="number" name={name} required min={least} max={most} value={value}
      onInput={onChange} /></label>
  );
}

function Outcome({ quote, result, signs }) {
  if (result?.data) {
    return <Transaction of={result} />;
  }
  const text = result ? <>requested as <Short of={result.id} text={short(result.id)} /> in block {result.block}</>
    : !quote ? (signs ? "Signed by the development chain's client." : "Sign it with your own wallet.")
      : quote.problems.length > 0 ? quote.problems.join("; ")
        : `${ether(quote.priceWei)} as of block ${quote.block}, ${quote.freeSlots} slots free`;
  return <output class="outcome" role="status">{text}</output>;
}
