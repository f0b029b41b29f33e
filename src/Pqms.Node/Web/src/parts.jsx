// Small parts that every section uses.

/** A table in a frame that scrolls by itself on narrow screens, and can be reached by keyboard. */
export function Table({ caption, heads, rows, empty = "none yet" }) {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.length > 0 ? rows : <tr><td colSpan={heads.length} class="dim">{empty}</td></tr>}
        </tbody>
      </table>
    </div>
  );
}

/** Names with values. */
export function Facts({ facts }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Newer and older parts of a list. */
export function Paging({ page, before, onTurn }) {
  if (!page || (page.next === null && before === null)) {
    return null;
  }
  return (
    <p class="paging">
      <button type="button" disabled={before === null} onClick={() => onTurn(null)}>Newest</button>
      <button type="button" disabled={page.next === null} onClick={() => onTurn(page.next)}>Older</button>
      <span class="dim num">{page.total} in all</span>
    </p>
  );
}

/** What went wrong, where it went wrong. */
export function Problem({ error }) {
  return error ? <p class="problem" role="alert">{error}</p> : null;
}

/** A hash or id, shortened; the whole of it shows on hover and is what a screen reader reads. */
export function Short({ of, text }) {
  return <abbr class="mono" title={of}>{text}</abbr>;
}

/** A transaction to sign and send with one's own wallet. */
export function Transaction({ of: made }) {
  return (
    <pre class="mono" role="status" tabIndex={0}>{`to     ${made.to}\nvalue  ${made.valueWei} wei\nchain  `
      + `${made.chainId}\ndata   ${made.data}`}</pre>
  );
}
