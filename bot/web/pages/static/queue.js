// What was typed and is not the bot's yet: in IndexedDB before it is shown, sent in order, kept until it is taken.

import { age, newId, stamp } from "./clock.js";
import { life } from "./life.js";

const LOCK = "bacung-queue";
const PATIENCE = 10_000; // ms without an acknowledgement

/**
 * The queue of this browser. Items are `{seq, id, me, name, made, tried, refused, t, …}`, `t` and the rest as in the frame;
 * `epoch` and `where` (`{kind, title}` of the room) say what ids in it mean. In memory also `message` (its id at the server) and `asked` (since when we wait for an answer).
 * One tab sends at a time where the browser has locks; else each sends all, and the server drops what comes again.
 */
export class Queue extends EventTarget {
  items = [];
  #store;
  #me = null;
  #send = null;
  #sent = new Set(); // ids, on this connection
  #pumping = Promise.resolve();
  #line = Promise.resolve();
  #leading = !navigator.locks;
  #tabs = "BroadcastChannel" in self ? new BroadcastChannel("bacung") : null;
  #loose = 0; // places of items that no database keeps

  constructor(store) {
    super();
    this.#store = store;
    if (navigator.locks) this.#wait();
    if (this.#tabs) this.#tabs.onmessage = () => this.load();
  }

  /** One after the other: what is in memory stays what is on disk. */
  #inLine(work) {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  /** Reads what waits; again whenever another tab changed it. */
  load() {
    return this.#inLine(() => this.#load());
  }

  async #load() {
    const before = new Map(this.items.map((item) => [item.id, item]));
    const loose = this.items.filter((item) => item.loose);
    const queued = await this.#store.queued();
    // What a store had that was given up since goes on in memory.
    const kept = this.#store.db ? queued : this.items.filter((item) => !item.loose);
    this.items = [...kept, ...loose].map((item) => {
      const { message, asked = performance.now() } = before.get(item.id) ?? {};
      return { ...item, asked, message: item.t === "say" ? message : item.message };
    });
    this.#changed();
    this.pump();
  }

  /** What this person has in line. */
  of(person) {
    return this.items.filter((item) => item.me === person);
  }

  /** Puts something in line. Rejects where the browser cannot keep it: then it was not taken over. */
  async add(me, frame) {
    const tried = Boolean(this.#send); // it goes out at once
    const item = { id: newId(), me: me.id, name: me.name, made: stamp(), tried, epoch: life.epoch, ...frame };
    await this.#inLine(async () => {
      if (this.#store.db) item.seq = await this.#store.enqueue(item);
      if (!this.#store.db) Object.assign(item, { seq: ++this.#loose, loose: true });
      item.asked = performance.now();
      this.items.push(item);
    });
    this.#tell();
    this.lead();
    this.pump();
    return item;
  }

  /** Changes the text of something in line; false where it may be at the server already. */
  async revise({ id, seq }, text) {
    const item = this.items.find((one) => one.id === id); // what the page shows may be an earlier copy
    if (!item || item.tried) return false;
    const unsent = (kept) => !kept.tried && ((kept.text = text), true);
    const revised = item.loose ? { text } : await this.#store.revise(seq, unsent);
    if (revised) Object.assign(item, revised);
    this.#tell();
    return revised !== null;
  }

  /** Takes something out of the line. */
  async drop(...items) {
    const ids = new Set(items.map((item) => item.id));
    await this.#inLine(() => {
      this.items = this.items.filter((item) => !ids.has(item.id));
      return this.#store.dequeue(items.map((item) => item.seq));
    });
    this.#tell();
  }

  /** A person wants it to be tried now. */
  again({ id }) {
    for (const item of this.items) if (item.id === id) item.asked = performance.now();
    this.#changed();
  }

  /** Whether an item has waited for its acknowledgement for too long. */
  late(item) {
    return !item.stored && performance.now() - item.asked > PATIENCE;
  }

  /**
   * What was made in another life of the server's database is sent in this one: words to the room that is now what theirs
   * was, edits by the UUID of what they change. Buttons have gone with what they meant.
   */
  async settle(me, rooms) {
    const old = this.items.filter((item) => item.me === me.id && isOld(item));
    const presses = old.filter((item) => item.t === "press");
    for (const item of old.filter((one) => one.t !== "press")) {
      const alike = rooms.filter(({ kind, title }) => kind === item.where?.kind && title === item.where.title);
      const room = (alike.find(({ id }) => id === item.room) ?? alike[0])?.id ?? item.room;
      // Who has this number now may be somebody else: nothing is sent under another name.
      const about = item.t === "edit" && item.uuid ? { message: null, of: item.uuid } : { reply: null };
      const moved = item.name === me.name ? { epoch: life.epoch, room, ...about } : { me: null };
      Object.assign(item, moved);
      if (!item.loose) await this.#store.revise(item.seq, (kept) => (Object.assign(kept, moved), true));
    }
    if (presses.length) await this.drop(...presses);
    if (old.length) this.#tell();
  }

  // The connection

  /** There is a connection of this person: `send(frame)` tells whether it was handed over. */
  connected(me, send) {
    this.#me = me;
    this.#send = send;
    this.#sent.clear();
    if (document.visibilityState === "visible") this.lead();
    this.pump();
  }

  disconnected() {
    this.#send = null;
    for (const item of this.items) item.stored = false;
  }

  /** Sends all that this connection has not been given yet. */
  pump() {
    this.#pumping = this.#pumping.then(() => this.#pump()).catch((error) => console.error(error));
  }

  async #pump() {
    if (!this.#send || !this.#leading) return;
    const next = this.of(this.#me).filter((item) => !item.refused && !this.#sent.has(item.id) && !isOld(item));
    const untried = next.filter((item) => !item.tried && !item.loose);
    // Noted before it is sent: a text that may have gone out is never changed in place.
    for (const item of untried) Object.assign(item, await this.#store.revise(item.seq, (kept) => (kept.tried = true)));
    for (const item of next) {
      const frame = this.#frame(item);
      if (!frame || !this.#send?.(frame)) return;
      item.tried = true;
      this.#sent.add(item.id);
    }
  }

  /** The frame of an item; null where it has to wait for the id of a message that is in line before it. */
  #frame(item) {
    const { t, id, room, text, data } = item;
    const passed = { t, id, age: age(item.made) };
    if (t === "say") return { ...passed, room, text, reply: item.reply ?? null };
    const message = item.message ?? this.#idOf(item.of);
    if (message === undefined && !item.uuid) return null;
    return t === "edit" ? { ...passed, message: message ?? 0, of: item.uuid ?? item.of, text } : { ...passed, message, data };
  }

  #idOf(uuid) {
    return this.items.find((item) => item.id === uuid)?.message ?? this.#gone.get(uuid);
  }

  #gone = new Map(); // message ids of what was taken while an edit of it waits

  /** Where the message of this UUID is at the server. */
  found(uuid, message) {
    const item = this.items.find((one) => one.id === uuid);
    if (!item || item.t !== "say" || item.message === message) return;
    item.message = message;
    this.#resolve(uuid, message);
  }

  /** Edits of something in line learn which message they mean, on disk too. */
  #resolve(uuid, message) {
    this.#gone.set(uuid, message);
    for (const edit of this.items.filter((item) => item.of === uuid && item.message === undefined)) {
      edit.message = message;
      if (!edit.loose) this.#store.revise(edit.seq, (kept) => ((kept.message = message), true));
    }
    this.pump();
  }

  /** The server acknowledged something; the item that it was, where it was ours. */
  async acknowledged({ id, state, message, why }) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return null;
    if (message != null && item.t === "say") this.found(id, message);
    if (state === "stored") {
      item.stored = true;
      this.#changed();
    } else if (state === "taken") {
      await this.drop(item);
    } else {
      await this.#refused(item, why);
    }
    return item;
  }

  /** A refused message stays, with the reason and what it was last edited to; a refused press is only told. */
  async #refused(item, why) {
    if (item.t === "press") return this.drop(item);
    const edits = this.items.filter((one) => one.of === item.id);
    const text = edits.at(-1)?.text ?? item.text;
    Object.assign(item, { refused: why, text });
    if (!item.loose) {
      await this.#store.revise(item.seq, (kept) => (Object.assign(kept, { refused: why, text }), true));
    }
    if (edits.length) await this.drop(...edits);
    this.#tell();
    this.pump();
    return undefined;
  }

  // Tabs

  /** This tab sends from now on, whichever did before. */
  lead() {
    if (this.#leading) return;
    this.#hold({ steal: true });
  }

  /** This tab sends once no other does. */
  #wait() {
    this.#hold({});
  }

  #hold(options) {
    const held = () => {
      this.#leading = true;
      this.load(); // another tab may have added something before it went
      return new Promise(() => {});
    };
    navigator.locks.request(LOCK, options, held).catch(() => {
      if (!this.#leading) return;
      this.#leading = false; // stolen by the tab that is used now
      this.#wait();
    });
  }

  #tell() {
    this.#tabs?.postMessage(null);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Whether the ids in it are of another life of the server's database; what an older page put in line says nothing of it. */
function isOld(item) {
  return item.epoch !== undefined && item.epoch !== life.epoch;
}
