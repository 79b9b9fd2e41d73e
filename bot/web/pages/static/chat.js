// The chat: joins what this browser keeps, what waits in line and what the server says, and shows it.

import { opened, ready, socket } from "./start.js";
import { heard, remember, serverNow, typedAt } from "./clock.js";
import { Composer, draftOf, forgetDrafts } from "./composer.js";
import { life } from "./life.js";
import { List } from "./list.js";
import * as push from "./push.js";
import { Queue } from "./queue.js";
import { roomName, Rooms } from "./rooms.js";
import * as sheets from "./sheets.js";
import { put, say, short } from "./words.js";

const ONLY_SHOW = ["/homnay", "/cuatoi", "/trogiup", "/huongdan", "/lichhen", "/tong", "/xephang", "/chuabao", "/tiendo", "/web"];
const SHORT = 80; // characters of the newest message in a room's tab
const UNKNOWN = Number.MAX_SAFE_INTEGER; // where a room's messages begin of which none is here yet
const NEWEST = 30; // messages of each room in a whole welcome: fewer are all there are
const state = { me: null, rooms: [], place: { name: null, hamlets: [] }, room: null, change: null, trial: false };
const messages = new Map(); // by id
let store;
let queue;
let inside = false; // whether the server has let us in, in this life of the page
let leaving = false; // whether the person wants to go
let installing = null; // the browser's offer to install

const list = new List({
  actions: (message) => actions(message),
  press: (message, data) => press(message, data),
  enlarge: sheets.enlarge,
  again: (item) => {
    queue.again(item);
    socket.now();
  },
  mend: (item, message) => {
    const edited = item.t === "edit" && messages.get(message.id); // sent anew it would count twice
    if (edited) composer.edit(edited, item.text);
    else composer.write(item.text, { focus: true });
    queue.drop(item);
  },
  drop: (item) => queue.drop(item),
});
const rooms = new Rooms((id) => openRoom(id));
const composer = new Composer();
const JOINING = /^\/start\s+(\S{8,64})$/i;

// What happens

composer.addEventListener("send", async ({ detail: { text, about, sent, failed } }) => {
  const code = JOINING.exec(text);
  if (code) {
    sent();
    location.assign(`/vao/${encodeURIComponent(code[1])}`); // a joining like any other: the door asks, and a press lets in
    return;
  }
  try {
    if (about?.kind === "edit") await changeText(about.message, text);
    else await queue.add(state.me, { t: "say", ...here(), text, reply: about?.message.id ?? null });
    sent();
    list.unmark();
    list.toEnd();
  } catch (error) {
    console.warn(error);
    failed();
    sheets.toast(say("not_kept"), "alert");
  }
});

/** An edit of something still in line changes the line; else it is an edit at the server. */
async function changeText(message, text) {
  if (text === message.text) return;
  const item = message.item;
  if (item?.t === "say" && (await queue.revise(item, text))) return;
  const which = message.id === null ? { of: message.uuid } : { message: message.id, uuid: message.uuid };
  await queue.add(state.me, { t: "edit", ...here(), ...which, text });
}

/** The room, by its id in this life of the server's database, and by what it is in every other. */
function here(id = state.room) {
  const { kind, title } = roomOf(id);
  return { room: id, where: { kind, title } };
}

async function press(message, data) {
  try {
    await queue.add(state.me, { t: "press", message: message.id, data });
  } catch (error) {
    console.warn(error);
    sheets.toast(say("not_kept"), "alert");
  }
}

function actions(message) {
  const mine = message.mine && message.state !== "refused";
  sheets.showActions(message, {
    edit: mine ? () => composer.edit(message) : null,
    reply: message.id === null ? null : () => composer.reply(message, message.mine ? say("you") : nameOf(message)),
    copy: () => copy(message.text),
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    sheets.toast(say("copied"), "check");
  } catch {
    sheets.toast(say("not_copied"), "alert");
  }
}

function nameOf(message) {
  return message.from?.name ?? say("bot");
}

// What the server says

const hearing = {
  async welcome(frame) {
    if (state.me && state.me.id !== frame.me.id) {
      // Another person joined in this browser, whose messages we have not: all is asked for anew.
      await forget();
      document.body.dataset.state = "opening";
      socket.again();
      return;
    }
    inside = true;
    const stood = frame.anew && roomOf(state.room);
    life.epoch = frame.epoch;
    if (frame.reset) messages.clear();
    for (const message of frame.messages) take(message);
    const { me, place, campaign, trial, change } = frame;
    for (const room of frame.rooms) room.from = beginning(room.id, frame);
    Object.assign(state, { me, rooms: frame.rooms, place, campaign, trial, change });
    const offset = heard(frame.now);
    store.keep(frame.messages, change, { forget: frame.reset });
    store.know({ me, rooms: frame.rooms, place, campaign, trial, offset, epoch: frame.epoch });
    if (stood) openRoom(frame.rooms.find(({ kind, title }) => kind === stood.kind && title === stood.title)?.id);
    await queue.settle(me, frame.rooms);
    queue.connected(me.id, (out) => socket.send(out));
    const room = roomOf(state.room);
    if (room?.unread && room.read) list.mark(room.read, room.unread); // at the very first nothing is to be caught up with
    enter();
    if (document.visibilityState !== "visible") tellSight();
    settlePush();
  },
  message({ message }) {
    const known = messages.get(message.id);
    if (!take(message)) return;
    state.change = Math.max(state.change ?? 0, message.change);
    store.keep([message], message.change);
    const room = roomOf(message.room);
    if (!known && room && !message.mine) {
      room.unread += 1;
      if (room.id === state.room && document.visibilityState !== "visible") list.mark(room.read, room.unread);
      announce(message, room);
    }
    render();
    seen();
    if (isAnswered(message)) askForPush();
  },
  async ack(frame) {
    const item = await queue.acknowledged(frame);
    if (item?.t === "press" && frame.state === "refused") sheets.toast(say("press_refused"), "alert");
  },
  notice({ text }) {
    sheets.toast(text);
  },
  history({ room, messages: page, more }) {
    for (const message of page) take(message);
    const known = roomOf(room);
    if (known) known.from = more ? page[0]?.id : 0;
    store.keep(page);
    store.know({ rooms: state.rooms });
    list.loaded();
    render();
  },
  read({ room, upto }) {
    const known = roomOf(room);
    if (!known || upto <= known.read) return;
    known.read = upto;
    known.unread = [...messages.values()].filter((one) => one.room === room && one.id > upto && !one.mine).length;
    render();
  },
  menu({ room, commands }) {
    const known = roomOf(room);
    if (known) known.commands = commands;
    store.know({ rooms: state.rooms });
    showAsks();
  },
  place({ name, hamlets }) {
    state.place = { name, hamlets };
    store.know({ place: state.place });
    showPlace();
  },
  devices({ devices }) {
    sheets.fillDevices(devices, (device) => socket.send({ t: "end", device }));
  },
};

/** From which message on all of a room's are here: changes of older ones come too, and leave a gap. 0: all there are. */
function beginning(id, { reset, messages: fresh }) {
  const known = roomOf(id)?.from;
  if (!reset && known !== undefined) return known;
  const ids = fresh.filter((message) => message.room === id).map((message) => message.id);
  if (reset && ids.length < NEWEST) return 0;
  return ids.length ? Math.min(...ids) : UNKNOWN;
}

/** Keeps a message, unless a newer state of it is known; whether it was news. */
function take(message) {
  const known = messages.get(message.id);
  if (known && known.change >= message.change) return false;
  messages.set(message.id, message);
  if (message.uuid) queue.found(message.uuid, message.id);
  return true;
}

function roomOf(id) {
  return state.rooms.find((room) => room.id === id);
}

/** Tells those who hear the page what came. */
function announce(message, room) {
  const news = document.getElementById("news");
  const text =
    room.id === state.room ? say("news", { name: nameOf(message), text: message.text }) : say("news_elsewhere", { name: roomName(room) });
  news.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
}

socket.addEventListener("frame", ({ detail }) => hearing[detail.t]?.(detail));
socket.addEventListener("state", () => {
  if (!queue) return; // what this browser keeps is still being read
  if (socket.state !== "open") queue.disconnected();
  showNet();
});
list.addEventListener("seen", () => seen());
list.addEventListener("older", () => older());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" && !roomOf(state.room)?.unread) list.unmark();
  seen();
  tellSight();
});

/** The server tells the lock screen only while nobody looks at a page. */
function tellSight() {
  const on = document.visibilityState === "visible";
  if (inside) socket.send({ t: "sight", on }, { answered: false });
  if (on) push.clear().catch((error) => console.warn(error));
}

/** No session: how to join is shown; messages are forgotten, what is unsent is kept and told. */
async function leaveDoor() {
  queue.disconnected();
  if (inside && !leaving) {
    inside = false; // perhaps somebody joined in another tab: asked once more before all is forgotten
    socket.comeBack();
    return;
  }
  if (leaving) forgetDrafts(state.me.id);
  leaving = false;
  document.body.dataset.state = "door";
  const kept = document.getElementById("door-kept");
  const unsent = state.me ? queue.of(state.me.id) : queue.items;
  const name = state.me?.name ?? unsent[0]?.name;
  if (state.me) put(document.getElementById("door-why"), say("door_ended"));
  kept.hidden = !unsent.length;
  put(kept, unsent.length ? say("door_kept", { n: unsent.length, name }) : "");
  await forget();
}

/** Nobody is here any more. */
async function forget() {
  messages.clear();
  Object.assign(state, { me: null, rooms: [], room: null, change: null });
  pushSettled = false;
  document.getElementById("ask").hidden = true;
  await store.wipe();
}

// What is shown

function enter() {
  document.body.dataset.state = "in";
  put(document.getElementById("campaign"), state.campaign ?? "");
  document.getElementById("trial").hidden = !state.trial;
  document.getElementById("board").hidden = isReporter(); // the officers' numbers as a page
  if (!roomOf(state.room)) openRoom(state.rooms[0]?.id);
  showAsks();
  showPlace();
  showNet();
  render();
  seen();
  fill();
}

/** Too few messages to scroll by: older ones are asked for at once. */
function fill() {
  const room = roomOf(state.room);
  if (!room?.from) return;
  const here = [...messages.values()].filter((one) => one.room === room.id && one.id >= room.from);
  if (here.length < NEWEST) older();
}

function openRoom(id) {
  const room = roomOf(id);
  if (!room) return;
  state.room = id;
  const privately = room.kind === "private";
  put(document.getElementById("room-title"), roomName(room));
  put(document.getElementById("room-about"), say(privately ? "about_private" : "about_team"));
  list.open(room);
  composer.open(draftOf(state.me.id, id), { placeholder: say(privately ? "write_private" : "write_team"), reports: isReporter() });
  showAsks();
  render();
  seen();
  fill();
}

function isReporter() {
  return state.me?.role === "student" || state.me?.role === "lead";
}

/** What is asked most, for those who do not report. */
function showAsks() {
  const asks = document.getElementById("asks");
  const commands = roomOf(state.room)?.commands ?? [];
  const wanted = isReporter() ? [] : commands.filter(([name]) => !["start", "trogiup"].includes(name)).slice(0, 6);
  asks.hidden = !wanted.length;
  asks.replaceChildren(
    ...wanted.map(([name]) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", textContent: `/${name}` });
      chip.className = "chip";
      chip.addEventListener("click", () => runCommand(`/${name}`));
      return chip;
    }),
  );
}

/** What only shows something is asked at once; what changes something, or needs more words, is sent by Send alone. */
function runCommand(command) {
  const shows = ONLY_SHOW.includes(command) || (command === "/to" && isReporter());
  if (!shows) composer.write(`${command} `, { focus: true });
  else queue.add(state.me, { t: "say", ...here(), text: command, reply: null }).then(() => list.toEnd());
}

function showPlace() {
  const place = document.getElementById("place");
  place.hidden = !isReporter();
  const name = chosenPlace() ?? state.place.name;
  place.classList.toggle("none", !name);
  put(document.getElementById("place-name"), name ? short(name) : say("no_place"));
}

/** The hamlet that was chosen, where the bot is still to hear of it. */
function chosenPlace() {
  const command = say("place_command", { name: "" });
  const waiting = queue.of(state.me?.id).filter((item) => item.t === "say" && !item.refused);
  return waiting.findLast((item) => item.text.startsWith(command))?.text.slice(command.length);
}

document.getElementById("place").addEventListener("click", () => {
  sheets.showHamlets({ ...state.place, name: chosenPlace() ?? state.place.name }, (name) => {
    // Said in private: which hamlet one works in is nothing to tell the team.
    const room = state.rooms.find((one) => one.kind === "private")?.id ?? state.room;
    queue.add(state.me, { t: "say", ...here(room), text: say("place_command", { name }), reply: null });
    sheets.toast(say("place_sent", { name }), "pin");
  });
});
document.getElementById("slash").addEventListener("click", () => {
  const commands = state.rooms.find((room) => room.commands.length)?.commands ?? [];
  sheets.showCommands(commands, runCommand);
});
document.getElementById("more").addEventListener("click", () => {
  const held = new Map();
  for (const item of queue.items) {
    if (item.me === state.me.id || !item.text) continue;
    held.set(item.name, [...(held.get(item.name) ?? []), item]);
  }
  sheets.showMe(state.me, {
    held,
    devices: () => {
      sheets.showDevices(socket.state === "open");
      socket.send({ t: "devices" });
    },
    install: installing && (() => installing.prompt()),
    push: { standing: () => turning ?? push.standing(), turn: turnPush },
    leave: () =>
      sheets.showLeave({
        unsent: queue.of(state.me.id).length,
        name: state.me.name,
        connected: socket.state === "open",
        leave: () => {
          leaving = true;
          push.turnOff(state.me.id).catch((error) => console.warn(error)); // the server forgets it with the session
          socket.send({ t: "leave" });
        },
      }),
    drop: (item) => queue.drop(item),
    copy,
  });
});
// Being told while no page is open

let pushSettled = false;

async function settlePush() {
  if (pushSettled) return;
  pushSettled = true;
  try {
    await push.settle(state.me.id);
    if (document.visibilityState === "visible") await push.clear();
  } catch (error) {
    console.warn(error);
  }
}

let turning = null; // a promise of how it stands, while it is being turned

/** Turns it on or off; how it stands then. */
function turnPush(on) {
  turning = turned(on).finally(() => (turning = null));
  return turning;
}

async function turned(on) {
  try {
    const now = await (on ? push.turnOn : push.turnOff)(state.me.id);
    if (on) sheets.toast(say(now === "on" ? "push_is_on" : "push_not_let"), now === "on" ? "bell" : "alert");
    return now;
  } catch (error) {
    console.warn(error);
    sheets.toast(say("push_failed"), "alert");
    return on ? "off" : "on";
  }
}

/** Whether the bot has something of this own message: a report that counts, or of those who do not report whatever they ask. */
function isAnswered(message) {
  if (!message.mine) return false;
  return isReporter() ? ["counted", "for_other"].includes(message.became?.kind) : message.state === "taken";
}

/** Asked once, when there is something to be told of: after the first report that counts, or the first question. */
function askForPush() {
  const how = push.mayAsk(state.me.id);
  const card = document.getElementById("ask");
  if (!how || !card.hidden || document.visibilityState !== "visible") return;
  const yes = document.getElementById("ask-yes");
  put(document.getElementById("ask-text"), say(how === "install" ? "push_ask_install" : "push_ask"));
  yes.hidden = how === "install";
  put(document.getElementById("ask-no"), say(how === "install" ? "push_ask_read" : "push_ask_no"));
  yes.onclick = () => {
    card.hidden = true;
    turnPush(true);
  };
  document.getElementById("ask-no").onclick = () => {
    card.hidden = true;
    push.noteAsked(state.me.id);
  };
  card.hidden = false;
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installing = event;
});

let onlineAgain = 0;

/** How the connection is, said calmly, with what waits for it. */
function showNet() {
  const element = document.getElementById("net");
  const n = state.me ? queue.of(state.me.id).filter((item) => !item.refused).length : 0;
  let text = "";
  if (!navigator.onLine) text = [say("offline"), n && say("waiting_offline", { n })].filter(Boolean).join(" · ");
  else if (socket.state === "waiting") text = [say("unreachable"), n && say("waiting", { n })].filter(Boolean).join(" · ");
  else if (!store.db) text = say("memory_only");
  clearTimeout(onlineAgain);
  if (!text && element.textContent && element.dataset.kind === "off") {
    text = say("online");
    onlineAgain = setTimeout(() => showNet(), 2000);
    element.dataset.kind = "on";
  } else {
    element.dataset.kind = text ? "off" : "";
  }
  put(element, text);
}
addEventListener("online", () => showNet());
addEventListener("offline", () => showNet());

let asked = false;

/** Shows everything, once for all that happens in one frame. */
function render() {
  if (asked) return;
  asked = true;
  const draw = () => {
    asked = false;
    show();
  };
  // Out of sight nothing is painted, but the title still says what is unread.
  if (document.visibilityState === "visible") requestAnimationFrame(draw);
  else setTimeout(draw);
}

function show() {
  const room = roomOf(state.room);
  if (!room) return;
  const mine = queue.of(state.me.id);
  const shown = [...messages.values()]
    .filter((one) => one.room === room.id && one.id >= (room.from ?? 0))
    .sort((one, other) => one.id - other.id);
  const known = new Set(shown.map((one) => one.uuid).filter(Boolean));
  const edits = new Map(mine.filter((item) => item.t === "edit").map((item) => [item.message ?? item.of, item]));
  const waiting = mine.filter((item) => isAlone(item) && item.room === room.id && !known.has(item.of ?? item.id));
  const pressed = new Map();
  for (const item of mine.filter((one) => one.t === "press")) {
    pressed.set(item.message, [...(pressed.get(item.message) ?? []), item.data]);
  }
  const isNew = room.kind === "private" ? (isReporter() ? "empty_private" : "empty_asks") : "empty_team";
  list.show({
    messages: [...shown.map((one) => stored(one, edits, mine)), ...waiting.map((item) => inLine(item, edits))],
    pressed,
    more: room.from !== 0,
    offline: socket.state !== "open",
    unread: room.unread,
    empty: [say(isNew), say(`${isNew}_more`)],
  });
  rooms.show(state.rooms.map(tabOf), room.id);
  showPlace();
  showNet();
}

/** What is shown by itself: a message, and an edit that was refused where there is nothing any more that it would change. */
function isAlone(item) {
  return item.t === "say" || (item.t === "edit" && item.refused && !messages.has(item.message));
}

/** A message of the server as it is shown: with an edit that is under way. */
function stored(one, edits, mine) {
  const edit = edits.get(one.id) ?? edits.get(one.uuid);
  const item = edit ?? mine.find((waiting) => waiting.id === one.uuid);
  const late = item && queue.late(item) && one.state !== "taken";
  const standing = edit ? standingOf(edit) : late ? "late" : one.state === "taken" ? "taken" : "sending";
  return {
    ...one,
    key: one.uuid ?? one.id,
    text: edit?.text ?? one.text,
    edited: one.edited || Boolean(edit),
    state: standing,
    changing: Boolean(edit),
    why: edit?.refused,
    item,
  };
}

/** Something in line, as it is shown. */
function inLine(item, edits) {
  return {
    key: item.id,
    id: null,
    uuid: item.id,
    mine: true,
    from: state.me,
    text: edits.get(item.id)?.text ?? item.text,
    at: typedAt(item.made),
    edited: false,
    reply: item.reply ? quoteOf(item.reply) : null,
    buttons: [],
    reaction: null,
    files: [],
    state: standingOf(item),
    became: null,
    why: item.refused,
    item,
  };
}

function standingOf(item) {
  if (item.refused) return "refused";
  return queue.late(item) || (socket.state !== "open" && !navigator.onLine) ? "late" : "sending";
}

function quoteOf(id) {
  const message = messages.get(id);
  return message ? { id, name: message.from?.name ?? null, text: message.text.slice(0, 120) } : null;
}

function tabOf(room) {
  const last = [...messages.values()].filter((one) => one.room === room.id).sort((a, b) => b.id - a.id)[0];
  const unsent = queue.of(state.me.id).filter((item) => item.room === room.id).length;
  return { ...room, unsent, last: last?.text.replace(/\s+/g, " ").slice(0, SHORT) };
}

/** What is in sight is read; the server is told once it can be. */
function seen() {
  const room = roomOf(state.room);
  if (!room || !list.atEnd || document.visibilityState !== "visible") return;
  const newest = Math.max(0, ...[...messages.values()].filter((one) => one.room === room.id).map((one) => one.id));
  if (!room.unread && newest <= room.read) return;
  room.unread = 0;
  if (newest > room.read && socket.send({ t: "read", room: room.id, upto: newest }, { answered: false })) {
    room.read = newest;
    store.know({ rooms: state.rooms });
  }
  render();
}

function older() {
  const room = roomOf(state.room);
  if (!room?.from || !socket.send({ t: "history", room: room.id, before: room.from })) list.loaded();
}

let shellKept = false;

/** The page is kept for when there is no network; not while it is being opened, since both would wait for each other. */
function keepShell() {
  if (shellKept || !("serviceWorker" in navigator)) return;
  shellKept = true;
  navigator.serviceWorker.register("/sw.js").catch((error) => console.warn(error));
}

// Opening

store = await opened;
store.onlost = () => showNet();
queue = new Queue(store);
queue.addEventListener("change", () => render());
const [known] = await Promise.all([store.load(), queue.load()]);
if (known.offset) remember(known.offset);
life.epoch = known.epoch ?? null;
for (const message of known.messages) messages.set(message.id, message);
if (known.me) {
  const { me, rooms: kept = [], place = state.place, campaign = "", trial = false, change = null } = known;
  // Kept by an older page, which did not know what became of messages: all is asked for anew.
  const whole = known.messages.every((one) => one.became !== undefined);
  for (const room of kept) room.from ??= known.messages.find((one) => one.room === room.id)?.id ?? UNKNOWN;
  Object.assign(state, { me, rooms: kept, place, campaign, trial, change: whole ? change : null });
  enter();
}
ready(() => ({ t: "hello", since: state.change, epoch: life.epoch }));
socket.addEventListener("out", () => leaveDoor());
if (socket.state === "out") leaveDoor(); // told already
setInterval(() => queue.items.length && render(), 2000); // `đang gửi` becomes `chưa gửi được` by itself
addEventListener("offline", () => !state.me && put(document.getElementById("door-why"), say("door_offline")));
setTimeout(keepShell, 2000); // also where nobody is in
if (navigator.storage?.persist) navigator.storage.persist();
document.documentElement.dataset.ready = String(serverNow() > 0);
