// The messages of one room: rows in order, days between them, what is unread, older ones by page, and where one stands.

import { fillRow, makeRow } from "./message.js";
import { day, piece, put, say } from "./words.js";

const NEAR = 80; // pixels from the end that still count as being there
const LINE_FROM_TOP = 12; // pixels: where the first unread message is shown when a room is opened
const TOGETHER = 5 * 60 * 1000; // messages of one person within this time are one group

export class List extends EventTarget {
  #scroller = document.getElementById("scroller");
  #list = document.getElementById("list");
  #newest = document.getElementById("newest");
  #rows = new Map(); // by key
  #room = null;
  #handlers;
  #atEnd = true;
  #unreadFrom = null; // the id of the last message that was read when somebody came to look; null: nothing was unread
  #unread = 0; // how many were not
  #landing = false; // whether the room was opened just now, and is to be shown from there
  #loading = false;

  constructor(handlers) {
    super();
    this.#handlers = { ...handlers, jump: (id) => this.#jump(id) };
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#newest.addEventListener("click", () => this.toEnd(true));
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.#scroller);
  }

  /** Whether the newest message is in sight. */
  get atEnd() {
    return this.#atEnd;
  }

  /** Shows a room from now on. */
  open(room) {
    this.#room = room.id;
    this.#list.dataset.kind = room.kind;
    this.#rows.clear();
    this.#list.replaceChildren();
    this.unmark();
    if (room.unread && room.read) this.mark(room.read, room.unread);
    this.#landing = room.unread > 0 && room.read > 0 && room.from <= room.read; // else the first unread one is not here yet
    this.#atEnd = !this.#landing;
    this.#loading = false;
  }

  /** Messages came that nobody was there to see: `n` since `upto`. */
  mark(upto, n) {
    this.#unreadFrom ??= upto;
    this.#unread = n;
  }

  /** All has been seen. */
  unmark() {
    this.#unreadFrom = null;
    this.#unread = 0;
  }

  /** Shows the messages of the room: `{messages, pressed (by message id), more (true: there are older ones), offline}`. */
  show({ messages, pressed, more, offline, unread, empty }) {
    const before = { height: this.#scroller.scrollHeight, top: this.#scroller.scrollTop, first: this.#firstKey() };
    const latest = messages.findLast((message) => message.mine);
    const nodes = messages.length ? [this.#top(more, offline)] : [];
    let last = null;
    let marked = false;
    for (const message of messages) {
      if (!last || day(last.at) !== day(message.at)) nodes.push(this.#line("day", day(message.at)));
      const isNew = this.#unreadFrom !== null && message.id > this.#unreadFrom && !message.mine;
      if (isNew && !marked) nodes.push(this.#line("unread", say("unread", { n: this.#unread })));
      marked ||= isNew;
      const grouped =
        last !== null &&
        nodes.at(-1).classList.contains("row") &&
        last.mine === message.mine &&
        last.from?.id === message.from?.id &&
        message.at - last.at < TOGETHER;
      nodes.push(this.#row({ ...message, latest: message === latest }, { grouped, pressed: pressed.get(message.id) ?? [] }));
      last = message;
    }
    if (!messages.length) nodes.push(this.#empty(empty));
    this.#place(nodes);
    const shown = new Set(messages.map((message) => message.key));
    for (const key of this.#rows.keys()) if (!shown.has(key)) this.#rows.delete(key);
    this.#keepPlace(before);
    this.#count(unread);
  }

  #row(message, how) {
    let row = this.#rows.get(message.key);
    if (!row) {
      row = makeRow(message, this.#handlers);
      this.#rows.set(message.key, row);
    }
    fillRow(row, message, how, this.#handlers);
    return row;
  }

  #line(kind, text) {
    const line = piece(kind);
    line.firstElementChild.textContent = text;
    return line;
  }

  #top(more, offline) {
    return this.#line("older", say(!more ? "beginning" : offline ? "older_offline" : "loading"));
  }

  #empty([title, text]) {
    const element = piece("empty");
    put(element.querySelector("h2"), title);
    put(element.querySelector("p"), text);
    return element;
  }

  /** Puts the nodes in order, touching only those that are elsewhere. */
  #place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.#list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, place) => {
      if (this.#list.children[place] !== node) this.#list.insertBefore(node, this.#list.children[place] ?? null);
    });
  }

  #firstKey() {
    return this.#list.querySelector(".row")?.dataset.key;
  }

  /** Whoever stands at the end stays there; whoever reads older ones keeps them where they are. */
  #keepPlace(before) {
    const line = this.#landing && this.#list.querySelector(".unread");
    this.#landing = false;
    if (line) {
      this.#scroller.scrollTop = line.offsetTop - LINE_FROM_TOP;
      this.#scrolled();
    } else if (this.#atEnd) {
      this.toEnd();
    } else if (before.first && this.#firstKey() !== before.first) {
      this.#scroller.scrollTop = before.top + this.#scroller.scrollHeight - before.height;
      this.#loading = false;
    }
  }

  toEnd(smoothly = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smoothly && !calm ? "smooth" : "instant" });
    if (!smoothly) this.#atEnd = true;
  }

  /** A page of older messages is there, or none is to come now. */
  loaded() {
    this.#loading = false;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const was = this.#atEnd;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd !== was) {
      this.#newest.hidden = this.#atEnd;
      this.dispatchEvent(new Event("seen"));
    }
    if (scrollTop < 300 && !this.#loading && scrollHeight > clientHeight) {
      this.#loading = true;
      this.dispatchEvent(new Event("older"));
    }
  }

  #count(unread) {
    const n = this.#atEnd ? 0 : unread;
    const badge = document.getElementById("newest-count");
    put(badge, n ? String(n) : "");
    badge.hidden = !n;
    put(document.getElementById("newest-says"), n ? say("to_newest_unread", { n }) : say("to_newest"));
    this.#newest.hidden = this.#atEnd;
  }

  #jump(id) {
    const row = [...this.#rows.values()].find((one) => one.message.id === id);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.classList.remove("found");
    requestAnimationFrame(() => row.classList.add("found"));
  }
}
