// Nothing may be silent for more than five seconds: whatever runs is named again this often.
const heartbeatMilliseconds = 4000;

/** Prints what is running, with a line at least every four seconds while anything is. */
export class Progress {
  #stream;
  #running = new Map();
  #lastLine = 0;
  #timer;

  constructor(stream = process.stderr) {
    this.#stream = stream;
  }

  line(text) {
    this.#lastLine = Date.now();
    this.#stream.write(`${text}\n`);
  }

  /** Announces a step; the returned function ends it with a note such as "done". */
  begin(label) {
    const started = Date.now();
    this.line(`${label} ...`);
    this.#running.set(label, started);
    this.#timer ??= setInterval(() => this.#beat(), 1000);
    return (note) => {
      this.#running.delete(label);
      if (this.#running.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
      this.line(`${label}: ${note} (${seconds(started)} s)`);
    };
  }

  #beat() {
    if (Date.now() - this.#lastLine < heartbeatMilliseconds) {
      return;
    }
    const parts = [...this.#running].map(([label, started]) => `${label} ${Math.round(seconds(started))} s`);
    this.line(`  still running: ${parts.join(", ")}`);
  }
}

/** Seconds since a `Date.now()` value, one decimal. */
export function seconds(started) {
  return Math.round((Date.now() - started) / 100) / 10;
}
