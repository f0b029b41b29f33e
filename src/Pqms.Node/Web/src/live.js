import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "./api.js";

const retryMilliseconds = 3000;

/** The node's state as its events tell it: `{ state, connected }`. The browser reconnects by itself. */
export function useLive() {
  const [live, setLive] = useState({ state: null, connected: false });
  useEffect(() => {
    let events;
    let again;
    const connect = () => {
      events = new EventSource("/events");
      events.addEventListener("state", (event) => {
        try {
          setLive({ state: JSON.parse(event.data), connected: true });
        } catch {
          // Half an event: the next one is whole.
        }
      });
      events.onerror = () => {
        setLive((before) => ({ ...before, connected: false }));
        // After an answer that is an error the browser gives up; a lost connection it opens anew by itself.
        if (events.readyState === EventSource.CLOSED) {
          again = setTimeout(connect, retryMilliseconds);
        }
      };
    };
    connect();
    return () => {
      clearTimeout(again);
      events.close();
    };
  }, []);
  return live;
}

/** What an address answers, asked again whenever `version` changes: `{ value, error }`. Keeps the last value. */
export function useAnswer(path, version) {
  const [answer, setAnswer] = useState({ path: null, value: null, error: null });
  const asking = useRef(0);
  useEffect(() => {
    if (path === null) {
      return;
    }
    const mine = ++asking.current;
    get(path).then(
      (value) => mine === asking.current && setAnswer({ path, value, error: null }),
      (error) => mine === asking.current && setAnswer((before) => ({
        path, value: before.path === path ? before.value : null, error: error.message,
      })),
    );
  }, [path, version]);
  return answer.path === path ? answer : { path, value: null, error: null };
}
