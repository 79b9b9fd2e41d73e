// What this browser keeps in IndexedDB: messages to show offline, and the queue of what was typed.

const MESSAGES_A_ROOM = 200;
const PATIENCE = 3000; // ms that a browser may take for a step of its store; some never end one

class Silent extends Error {}

/** Opens the database; where the browser refuses one, everything is kept in memory only. */
export async function openStore() {
  try {
    return new Store(await inTime(opened()));
  } catch {
    return new Store(null);
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("bacung", 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
      db.createObjectStore("messages", { keyPath: "id" });
      db.createObjectStore("known"); // me, rooms, place …, by name
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function inTime(promise) {
  let timer = 0;
  const silent = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Silent("the store does not answer")), PATIENCE);
  });
  return Promise.race([promise, silent]).finally(() => clearTimeout(timer));
}

class Store {
  onlost = () => {};

  constructor(db) {
    this.db = db;
    if (!db) return;
    db.onversionchange = () => db.close(); // a newer page wants it
    db.onclose = () => this.#lose();
  }

  /** From now on everything is kept in memory only. */
  #lose() {
    if (!this.db) return;
    this.db = null;
    this.onlost();
  }

  /**
   * Runs `work(stores)` in one transaction; what the request that it returns brought. A store that hangs, or lost its
   * connection, is given up: then nothing is brought, and `db` is null.
   */
  async #do(names, mode, work, durability) {
    if (!this.db) return undefined;
    const done = new Promise((resolve, reject) => {
      const tx = this.db.transaction(names, mode, durability ? { durability } : undefined);
      const request = work(...names.map((name) => tx.objectStore(name)));
      tx.oncomplete = () => resolve(request?.result);
      tx.onabort = () => reject(tx.error ?? new Error("aborted"));
    });
    try {
      return await inTime(done);
    } catch (error) {
      if (!(error instanceof Silent) && error.name !== "InvalidStateError") throw error;
      console.warn(error);
      this.#lose();
      return undefined;
    }
  }

  // Messages, and what is known of the person and the rooms

  /** All that an earlier life of the page kept; messages oldest first. */
  async load() {
    const known = { messages: [] };
    await this.#do(["known", "messages"], "readonly", (values, messages) => {
      values.openCursor().onsuccess = ({ target }) => {
        const cursor = target.result;
        if (!cursor) return;
        known[cursor.key] = cursor.value;
        cursor.continue();
      };
      messages.getAll().onsuccess = ({ target }) => (known.messages = target.result);
    });
    await this.#trim(known);
    return known;
  }

  /** Keeps the newest messages of each room, and notes where each room now begins. */
  async #trim(known) {
    const gone = new Set();
    for (const room of known.rooms ?? []) {
      const own = known.messages.filter((message) => message.room === room.id);
      for (const message of own.slice(0, -MESSAGES_A_ROOM)) gone.add(message.id);
      if (own.length > MESSAGES_A_ROOM) room.from = Math.max(room.from ?? 0, own[own.length - MESSAGES_A_ROOM].id);
    }
    if (!gone.size) return;
    known.messages = known.messages.filter((message) => !gone.has(message.id));
    await this.#do(["messages", "known"], "readwrite", (messages, values) => {
      for (const id of gone) messages.delete(id);
      values.put(known.rooms, "rooms");
    });
  }

  /** Keeps values under their names. */
  async know(values) {
    await this.#do(["known"], "readwrite", (store) => {
      for (const [name, value] of Object.entries(values)) store.put(value, name);
    });
  }

  /** Keeps messages, unless a newer state of them is there, and how far this browser knows of changes. */
  async keep(fresh, change, { forget = false } = {}) {
    await this.#do(["messages", "known"], "readwrite", (messages, values) => {
      if (forget) messages.clear();
      for (const message of fresh) {
        messages.get(message.id).onsuccess = ({ target }) => {
          if (!target.result || target.result.change <= message.change) messages.put(message);
        };
      }
      if (change === undefined) return;
      values.get("change").onsuccess = ({ target }) => {
        if (forget || (target.result ?? -1) < change) values.put(change, "change");
      };
    });
  }

  /** Forgets messages and people; the queue stays. */
  async wipe() {
    await this.#do(["messages", "known"], "readwrite", (messages, values) => {
      messages.clear();
      values.clear();
    });
  }

  // The queue

  async queued() {
    return (await this.#do(["queue"], "readonly", (queue) => queue.getAll())) ?? [];
  }

  /** Puts something in line, safe on disk when this returns; its place. */
  async enqueue(item) {
    return this.#do(["queue"], "readwrite", (queue) => queue.add(item), "strict");
  }

  /** Changes an item where `how` agrees (it is given the item as it is on disk); the item, or null. */
  async revise(seq, how) {
    let revised = null;
    await this.#do(
      ["queue"],
      "readwrite",
      (queue) => {
        queue.get(seq).onsuccess = ({ target }) => {
          if (!target.result || !how(target.result)) return;
          revised = target.result;
          queue.put(revised);
        };
      },
      "strict",
    );
    return revised;
  }

  async dequeue(seqs) {
    await this.#do(["queue"], "readwrite", (queue) => {
      for (const seq of seqs) queue.delete(seq);
    });
  }
}
