// The rooms as tabs: which is open, what was said last, how much is unread.

import { piece, put, say, short } from "./words.js";

export class Rooms {
  #nav = document.getElementById("rooms");
  #tabs = new Map();
  #chosen;

  /** `chosen(room id)` is called when a tab is pressed. */
  constructor(chosen) {
    this.#chosen = chosen;
  }

  /** Shows the rooms: `[{id, kind, title, unread, unsent, last}]`, of which `open` is shown. */
  show(rooms, open) {
    for (const [id, tab] of this.#tabs) {
      if (rooms.some((room) => room.id === id)) continue;
      tab.remove();
      this.#tabs.delete(id);
    }
    for (const room of rooms) this.#fill(this.#tab(room), room, open);
    const unread = rooms.reduce((sum, room) => sum + room.unread, 0);
    document.title = unread ? `(${unread}) Bacung` : "Bacung";
  }

  #tab(room) {
    let tab = this.#tabs.get(room.id);
    if (!tab) {
      tab = piece("room");
      tab.addEventListener("click", () => this.#chosen(room.id));
      tab.querySelector("use").setAttribute("href", room.kind === "private" ? "#i-bot" : "#i-team");
      tab.querySelector(".face").classList.add(room.kind === "private" ? "bot" : "team");
      this.#tabs.set(room.id, tab);
      this.#nav.append(tab);
    }
    return tab;
  }

  #fill(tab, room, open) {
    put(tab.querySelector(".name"), roomName(room));
    put(tab.querySelector(".last"), room.last ?? "");
    if (room.id === open) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
    const badge = tab.querySelector(".badge");
    const n = room.unread || room.unsent;
    badge.hidden = !n;
    badge.classList.toggle("unsent", !room.unread && Boolean(room.unsent));
    put(badge, n > 99 ? "99+" : String(n || ""));
    badge.setAttribute("aria-label", say(room.unread ? "unread_badge" : "unsent_badge", { n }));
    if (n) badge.setAttribute("role", "img");
    else badge.removeAttribute("role");
  }
}

/** `Bot`, `Tổ Xuân Thu`. */
export function roomName(room) {
  if (room.kind === "private") return say("bot");
  return say("team", { name: short(room.title) });
}
