// Where messages are written: the field with its draft, quick keys that compose a report, an edit or a reply under way.

import { put, say } from "./words.js";

const LONGEST = 4000; // characters
const MOST = 999; // that the keys count to
const TOLD_FROM = 3600; // characters from which the length is shown

export class Composer extends EventTarget {
  #form = document.getElementById("composer");
  #input = document.getElementById("input");
  #draft = null; // the name under which what is being written is kept
  #about = null; // {kind: "edit" | "reply", message}
  #kept = ""; // what was being written when an edit began

  constructor() {
    super();
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    document.getElementById("clear").addEventListener("click", () => this.write("", { focus: true }));
    document.getElementById("about-off").addEventListener("click", () => this.leave());
    this.#form.addEventListener("click", ({ target }) => {
      const key = target.closest("[data-unit]");
      if (key) this.#quick(key.dataset);
    });
    // A key must not take the cursor out of the field, nor call up the keyboard where none was.
    for (const key of this.#form.querySelectorAll("[data-unit]")) {
      key.addEventListener("mousedown", (event) => event.preventDefault());
    }
  }

  /** Writes for this room from now on; what was being written there is still there. */
  open(draft, { placeholder, reports }) {
    this.leave();
    this.#draft = draft;
    this.#input.placeholder = placeholder;
    document.getElementById("quick").hidden = !reports;
    this.write(kept(draft));
  }

  /** Puts a text into the field. */
  write(text, { focus = false } = {}) {
    this.#input.value = text;
    this.#changed();
    if (focus) this.#input.focus();
  }

  /** The next message replaces this one, beginning with `text`. */
  edit(message, text = message.text) {
    if (this.#about?.kind !== "edit") this.#kept = this.#input.value;
    this.#take({ kind: "edit", message }, say("editing"), message.text);
    this.write(text, { focus: true });
  }

  /** The next message answers this one. */
  reply(message, name) {
    this.leave();
    this.#take({ kind: "reply", message }, say("replying", { name }), message.text);
    this.#input.focus();
  }

  #take(about, title, text) {
    this.#about = about;
    document.getElementById("about").hidden = false;
    document.getElementById("about-icon").setAttribute("href", about.kind === "edit" ? "#i-edit" : "#i-reply");
    put(document.getElementById("about-title"), title);
    put(document.getElementById("about-text"), text);
  }

  /** Neither edits nor replies any more. */
  leave() {
    if (this.#about?.kind === "edit") this.write(this.#kept);
    this.#about = null;
    document.getElementById("about").hidden = true;
  }

  #changed({ draft = true } = {}) {
    const text = this.#input.value;
    if (draft && this.#draft && this.#about?.kind !== "edit") keep(this.#draft, text);
    this.#input.style.height = "auto";
    this.#input.style.height = `${Math.min(this.#input.scrollHeight, 168)}px`;
    document.getElementById("clear").hidden = !text;
    this.#form.classList.toggle("ready", Boolean(text.trim()));
    const length = document.getElementById("length");
    length.hidden = text.length < TOLD_FROM;
    length.classList.toggle("over", text.length > LONGEST);
    put(length, length.hidden ? "" : say("length", { n: text.length }));
    for (const key of this.#form.querySelectorAll("[data-unit]")) this.#mark(key, text);
  }

  /** A key whose number stands in the field is shown as pressed. */
  #mark(key, text) {
    const n = counted(text, key.dataset.unit);
    const on = key.dataset.count ? n === Number(key.dataset.count) : n > 0 && key.dataset.unit !== "máy";
    if (on) key.dataset.on = String(n);
    else delete key.dataset.on;
  }

  #key(event) {
    if (event.key === "Escape" && this.#about) {
      this.leave();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover)").matches) {
      event.preventDefault(); // on a phone Enter is a new line, and the button sends
      this.#send();
    }
  }

  /** Composes: a number of phones replaces the one that stands there, a step raises it; only Send sends. */
  #quick({ unit, count, step }) {
    const text = this.#input.value;
    const n = counted(text, unit);
    this.write(withCount(text, unit, count ? Number(count) : n + Number(step)));
    this.#input.scrollTop = this.#input.scrollHeight;
  }

  #send() {
    const text = this.#input.value.trim();
    if (!text) {
      this.#input.focus();
      return;
    }
    if (text.length > LONGEST) return;
    const about = this.#about;
    this.leave();
    // The field is free at once for what comes next; the draft is kept until the message is safe in the queue.
    if (about?.kind !== "edit") {
      this.#input.value = "";
      this.#changed({ draft: false });
    }
    const sent = () => this.#changed();
    const failed = () => this.write([text, this.#input.value].filter(Boolean).join("\n"), { focus: true });
    this.dispatchEvent(new CustomEvent("send", { detail: { text, about, sent, failed } }));
  }
}

/** The name of somebody's draft in a room. */
export function draftOf(person, room) {
  return `draft ${person} ${room}`;
}

/** Somebody has left: what they were writing is theirs alone. */
export function forgetDrafts(person) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(draftOf(person, ""))) localStorage.removeItem(name);
  } catch (error) {
    console.warn(error);
  }
}

function kept(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return ""; // the browser keeps nothing
  }
}

function keep(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch (error) {
    console.warn(error); // no room for drafts: the text still stands in the field
  }
}

/** The last `3 máy` of a text, wherever it stands. */
function found(text, unit) {
  const pattern = new RegExp(`(^|[\\s,;.:+])(\\d{1,3})(\\s+${unit})(?![\\p{L}\\d])`, "giu");
  return [...text.matchAll(pattern)].pop();
}

/** How often `unit` is counted in a text: `2` in `3 máy, 2 vắng`. */
export function counted(text, unit) {
  return Number(found(text, unit)?.[2] ?? 0);
}

/** The text with this count, in place of the one that stands there or at its end. */
export function withCount(text, unit, n) {
  const match = found(text, unit);
  const said = String(Math.min(n, MOST));
  if (match) {
    const start = match.index + match[1].length;
    return text.slice(0, start) + said + text.slice(start + match[2].length);
  }
  const rest = text.replace(/[\s,]+$/, "");
  return rest ? `${rest}${/[:;]$/.test(rest) ? "" : ","} ${said} ${unit}` : `${said} ${unit}`;
}
