import { short } from "./format.js";
import { Facts, Short } from "./parts.jsx";

export function OperationSection({ state }) {
  const { chain, oracle, scenario, addresses } = state.status ?? {};
  const set = Array.isArray(state.signers?.addresses) ? state.signers.addresses : [];
  return (
    <section id="operation" aria-labelledby="operation-title">
      <h2 id="operation-title">Operation</h2>
      <div class="columns">
        <Facts facts={[
          ["oracle", oracle?.phase ?? "–"],
          ["alarm", oracle?.alarm || "none"],
          ["ready", state.readiness?.ready ? "yes" : state.readiness?.reason ?? "–"],
          ["behind", `${oracle?.lagBlocks ?? "–"} blocks, ${oracle?.lagSeconds ?? "–"} s`],
          ["reports computed / accepted", `${oracle?.computedSequence ?? "–"} / ${oracle?.acceptedSequence ?? "–"}`],
          ["owed: reports / settlements / proofs",
            `${oracle?.owedReports ?? "–"} / ${oracle?.owedSettlements ?? "–"} / ${oracle?.owedProofs ?? "–"}`],
          ["journal", oracle?.journal || "–"],
        ]} />
        <Facts facts={[
          ["chain", `${chain?.id ?? "–"} at ${chain?.url ?? "–"}`],
          ["genesis", <Short of={chain?.genesis} text={short(chain?.genesis)} />],
          ["signs and reports", <Short of={oracle?.submitter} text={short(oracle?.submitter)} />],
          ["oracle set", set.length > 0
            ? <>{state.signers.threshold} of {set.map((one) => <><Short key={one} of={one} text={short(one)} /> </>)}</> : "–"],
          ["era", oracle?.era ?? "–"],
          ["scenario", `${scenario?.name ?? "–"} (emulated)`],
          ["hardware", `${scenario?.profile ?? "–"} (${scenario?.provenance ?? "–"})`],
          ...Object.entries(addresses ?? {}).filter(([, value]) => typeof value === "string")
            .map(([name, value]) => [name, <Short of={value} text={short(value)} />]),
        ]} />
      </div>
      <div class="card" id="limits">
        <h3>What it does not do</h3>
        <p>
          Nothing is faster than light: a standing pool removes the time to set entanglement up, and every use still waits
          for a classical signal. All pairs are emulated; figures of hypothetical hardware are assumptions. A single pair
          cannot be measured without using it up, so decisions rest on estimates; the true value is known only to the
          emulator. Outcomes can be predicted from the seed, which is public: fit for audit, not for keys.
        </p>
        <p>The same as data: <a href="/openapi.json">API</a>, <a href="/metrics">metrics</a>,{" "}
          <a href="/health/ready">health</a>.</p>
      </div>
    </section>
  );
}
