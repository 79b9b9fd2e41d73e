// Sheets over the chat: a message's actions, the commune's hamlets, the bot's commands, the person and their devices.

import { addressOf } from "./life.js";
import { icon } from "./message.js";
import { dayAndTime, initial, piece, put, say } from "./words.js";

const sheet = document.getElementById("sheet");
const title = document.getElementById("sheet-title");
const body = document.getElementById("sheet-body");
const large = document.getElementById("large");
let devicesShown = null; // the holder of the devices, once they were asked for

for (const dialog of [sheet, large]) {
  let outside = false; // whether the press began beside the sheet: the finger that opened it by a long one is lifted there
  dialog.addEventListener("pointerdown", ({ target }) => (outside = target === dialog));
  dialog.addEventListener("click", ({ target }) => {
    if ((target === dialog && outside) || target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("close", () => (outside = false));
}

function open(name, ...content) {
  put(title, name);
  body.replaceChildren(...content);
  if (!sheet.open) sheet.showModal();
  sheet.scrollTop = 0;
}

export function closeSheet() {
  if (sheet.open) sheet.close();
}

/** Buttons one under the other: `[[drawing, words, what it does], …]`. */
function acts(list) {
  const holder = document.createElement("div");
  holder.className = "acts";
  holder.append(
    ...list.map(([drawing, words, act]) => {
      const button = piece("action");
      button.querySelector("use").setAttribute("href", `#i-${drawing}`);
      put(button.querySelector("span"), words);
      button.addEventListener("click", () => {
        closeSheet();
        act();
      });
      return button;
    }),
  );
  return holder;
}

/** What can be done with a message. */
export function showActions(message, { edit, reply, copy }) {
  const list = [];
  if (edit) list.push(["edit", say("edit"), edit]);
  if (reply) list.push(["reply", say("reply"), reply]);
  list.push(["copy", say("copy"), copy]);
  open(say("message"), acts(list));
}

/** The commune's hamlets; `choose(name)`. */
export function showHamlets(place, choose) {
  const holder = piece("hamlets");
  const choices = holder.querySelector(".choices");
  const find = holder.querySelector("input");
  const rows = place.hamlets.map((name) => {
    const row = piece("hamlet");
    put(row.querySelector("bdi"), name);
    row.setAttribute("aria-pressed", String(name === place.name));
    row.addEventListener("click", () => {
      closeSheet();
      choose(name);
    });
    return row;
  });
  choices.append(...rows);
  holder.querySelector(".none").hidden = rows.length > 0;
  holder.querySelector(".find").hidden = rows.length < 12;
  find.addEventListener("input", () => {
    const wanted = plain(find.value);
    for (const row of rows) row.hidden = !plain(row.textContent).includes(wanted);
  });
  open(say("places"), holder);
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}

/** The bot's commands; `choose(command)`. */
export function showCommands(commands, choose) {
  const holder = document.createElement("div");
  holder.className = "commands";
  holder.append(
    ...commands.filter(([name]) => name !== "start").map(([name, text]) => {
      const row = piece("command");
      put(row.querySelector("b"), `/${name}`);
      put(row.querySelector("span"), text);
      row.addEventListener("click", () => {
        closeSheet();
        choose(`/${name}`);
      });
      return row;
    }),
  );
  if (!commands.length) holder.append(note(say("no_commands")));
  open(say("commands"), holder);
}

function note(text) {
  return Object.assign(document.createElement("p"), { className: "hint", textContent: text });
}

/** The person, and what they can do about this browser. */
export function showMe(me, { held, devices, install, push, leave, drop, copy }) {
  const holder = piece("me");
  put(holder.querySelector(".face"), initial(me.name));
  put(holder.querySelector("bdi"), me.name);
  put(holder.querySelector(".role"), say(me.role));
  const list = [["phone", say("devices"), devices]];
  if (install) list.push(["install", say("install"), install]);
  list.push(["out", say("leave"), leave]);
  const doing = acts(list);
  holder.querySelector(".acts").replaceWith(doing);
  doing.before(pushSwitch(push));
  for (const [name, items] of held) holder.append(heldOf(name, items, { drop, copy }));
  open(say("account"), holder);
}

/** The switch for being told while no page is open; where it cannot be turned, it is said why. */
function pushSwitch({ standing, turn }) {
  const holder = piece("push");
  const button = holder.querySelector("button");
  const show = (state) => {
    button.hidden = state !== "on" && state !== "off";
    button.disabled = false;
    button.setAttribute("aria-checked", String(state === "on"));
    put(holder.querySelector(".hint"), say(`push_hint_${state}`));
  };
  button.disabled = true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    show(await turn(button.getAttribute("aria-checked") !== "true"));
  });
  standing().then(show, () => show("offline"));
  return holder;
}

/** What somebody else has left unsent on this browser. */
function heldOf(name, items, { drop, copy }) {
  const section = document.createElement("section");
  const heading = Object.assign(document.createElement("h3"), { textContent: say("held", { n: items.length, name }) });
  section.append(heading, note(say("held_why", { name })));
  for (const item of items) {
    const row = piece("held");
    put(row.querySelector("p"), item.text ?? "");
    const [take, throwAway] = row.querySelectorAll("button");
    take.addEventListener("click", () => copy(item.text));
    throwAway.addEventListener("click", () => {
      drop(item);
      row.remove();
    });
    section.append(row);
  }
  return section;
}

/** The person's devices; filled when the server tells them. */
export function showDevices(connected) {
  devicesShown = document.createElement("div");
  devicesShown.append(note(say(connected ? "connecting" : "devices_offline")));
  open(say("devices"), devicesShown);
}

/** The server told the devices. */
export function fillDevices(devices, end) {
  if (devicesShown?.isConnected) devicesShown.replaceChildren(...devices.map((device) => deviceRow(device, end)));
}

function deviceRow(device, end) {
  const row = piece("device");
  put(row.querySelector("b"), device.name);
  const joined = dayAndTime(device.joined);
  const words = device.this ? say("this_device", { joined }) : say("device", { joined, seen: dayAndTime(device.seen) });
  put(row.querySelector("span"), words);
  const button = row.querySelector("button");
  button.hidden = device.this;
  button.addEventListener("click", () => {
    if (button.dataset.sure) {
      end(device.id);
    } else {
      button.dataset.sure = "yes"; // the first press asks, the second does it
      put(button, say("end_sure"));
    }
  });
  return row;
}

/** Asks before this browser leaves. */
export function showLeave({ unsent, name, connected, leave }) {
  const holder = piece("leave");
  const words = connected ? say("leave_sure") : say("leave_offline");
  put(holder.querySelector("p"), unsent ? `${words} ${say("leave_unsent", { n: unsent, name })}` : words);
  const button = holder.querySelector(".danger");
  button.disabled = !connected;
  button.addEventListener("click", () => {
    closeSheet();
    leave();
  });
  open(say("leave"), holder);
}

/** A picture as large as the screen. */
export function enlarge(file) {
  const image = document.getElementById("large-image");
  Object.assign(image, { src: addressOf(file), alt: file.name });
  large.showModal();
}

let toastTimer = 0;

/** A word that goes by itself. */
export function toast(text, drawing) {
  const element = document.getElementById("toast");
  element.replaceChildren(...(drawing ? [icon(drawing), text] : [text]));
  element.classList.add("on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => element.classList.remove("on"), 4000);
}
