import { useLive } from "./live.js";
import { MeshSection } from "./mesh.jsx";
import { OperationSection } from "./operation.jsx";
import { PoolSection } from "./pools.jsx";
import { ReportSection } from "./reports.jsx";
import { ReservationSection } from "./reservations.jsx";
import { clock } from "./format.js";

const sections = ["Mesh", "Pools", "Reservations", "Reports", "Operation"];

export function App() {
  const { state, connected } = useLive();
  return (
    <>
      <a class="skip" href="#mesh">Skip to the mesh</a>
      <header>
        <h1>PQMS</h1>
        <nav aria-label="Sections">
          {sections.map((name) => <a key={name} href={`#${name.toLowerCase()}`}>{name}</a>)}
        </nav>
        <Pulse state={state} connected={connected} />
      </header>
      <main>
        {state ? <Sections state={state} /> : <p class="wait">Waiting for the node …</p>}
      </main>
      <footer>
        PQMS removes set-up time, not light time: nothing here is faster than light, no hardware is driven, and fidelities
        are estimates. <a href="#limits">What it does not do</a>
      </footer>
    </>
  );
}

function Sections({ state }) {
  return (
    <>
      <MeshSection version={state.status?.oracle?.followedBlock} pools={state.pools} />
      <PoolSection pools={state.pools} version={state.status?.oracle?.followedBlock} />
      <ReservationSection state={state} />
      <ReportSection state={state} />
      <OperationSection state={state} />
    </>
  );
}

/** What must be seen at once: is this page up to date, does the oracle work, how real is what it shows. */
function Pulse({ state, connected }) {
  const chain = state?.status?.chain;
  const ready = state?.readiness?.ready;
  const text = !connected ? "not connected: trying again" : ready ? "working" : state?.readiness?.reason ?? "…";
  return (
    <div class="pulse">
      <span class="tag">emulated</span>
      {state?.status?.scenario?.provenance && (
        <abbr class="tag" title={state.status.scenario.provenance}>
          {String(state.status.scenario.provenance).split(":")[0]} hardware
        </abbr>
      )}
      <span class={`lamp ${connected && ready ? "good" : "bad"}`} role="status">{text}</span>
      <span class="num">{chain ? `block ${chain.latestBlock}, ${clock(chain.latestTimeSeconds)} UTC` : ""}</span>
    </div>
  );
}
