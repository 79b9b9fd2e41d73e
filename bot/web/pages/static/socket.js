// The connection to the server: opened again whenever it closes, sooner when there is reason to hope.

const UNREADABLE = 4400;
const NO_SESSION = 4401;
const FIRST_WAIT = 500; // ms, doubled up to
const LONGEST_WAIT = 30_000;
const SILENCE = 10_000; // ms in which something that asks for an answer has got none
const STALE = 75_000; // ms without a word, after which we ask whether anybody is there

/**
 * Events: `frame` (detail: the frame), `state` (`state` has changed), `out` (no session: how to join is to be shown).
 * States: connecting, open, waiting, out.
 */
export class Socket extends EventTarget {
  state = "connecting";
  #hello; // () → a promise of the first frame
  #socket = null;
  #tries = 0;
  #retry = 0; // timers
  #watch = 0;
  #heardAt = 0;

  constructor(hello) {
    super();
    this.#hello = hello;
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.#lost());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.now());
    setInterval(() => this.#ask(), STALE / 3);
  }

  /** Connects at once; where there is a connection, makes sure of it. */
  now() {
    if (this.state === "out") return;
    if (this.#socket) {
      this.#ask();
      return;
    }
    clearTimeout(this.#retry);
    this.#connect();
  }

  /** Gives up the connection for a new one. */
  again() {
    this.#tries = 0;
    this.#drop();
    this.now();
  }

  /** Tries after an end too: somebody joined. */
  comeBack() {
    this.state = "connecting";
    this.again();
  }

  /** Hands a frame over; false where there is no connection. `answered`: something comes back for it. */
  send(frame, { answered = true } = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    if (answered) this.#expect();
    return true;
  }

  #connect() {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    this.#socket = socket;
    this.#expect();
    socket.onopen = async () => {
      const hello = await this.#hello();
      if (socket === this.#socket) this.send(hello);
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#heard(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    };
  }

  #heard(frame) {
    this.#heardAt = performance.now();
    clearTimeout(this.#watch);
    this.#watch = 0;
    if (frame.t === "welcome") {
      this.#tries = 0;
      this.#become("open");
    }
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  #closed(code) {
    this.#drop();
    if (code === NO_SESSION) {
      this.#become("out");
      this.dispatchEvent(new Event("out"));
      return;
    }
    if (code === UNREADABLE) this.dispatchEvent(new Event("unreadable"));
    const longest = Math.min(FIRST_WAIT * 2 ** this.#tries++, LONGEST_WAIT);
    this.#retry = setTimeout(() => this.now(), longest * (0.5 + Math.random() / 2));
    this.#become("waiting");
  }

  #lost() {
    if (this.#socket) this.#closed(0);
  }

  #drop() {
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#watch = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** A network that went away says nothing: where an answer is due and none comes, the connection is given up. */
  #expect() {
    if (!this.#watch) this.#watch = setTimeout(() => this.#closed(0), SILENCE);
  }

  #ask() {
    const silent = performance.now() - this.#heardAt;
    if (this.state === "open" && document.visibilityState === "visible" && silent > STALE) this.send({ t: "devices" });
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
