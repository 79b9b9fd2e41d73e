// One message as a row of the list: made from a piece of the page, filled by what is known of it.

import { addressOf } from "./life.js";
import { clockTime, initial, piece, put, say, size } from "./words.js";

const LONG = 1200; // characters after which a text is folded
const COLOURS = 6; // of names, in the style sheet
const LONG_PRESS = 480; // milliseconds
const SIGNS = { counted: "checks", for_other: "checks", adjusted: "checks", open: "question" }; // others: one tick
const NUMBERED = /^\d+\. /; // a line of a list, or a button that stands for one
const NUMBER = /^\d+$/;
const LETTER = /^\p{L}/u;
const STRAY = 10; // pixels that a finger may move meanwhile
const SVG = "http://www.w3.org/2000/svg";

/**
 * A message to show: `{key, id, uuid, mine, from, text, at, edited, reply, buttons, reaction, files, state, became, why,
 * item}`. `state`: taken, sending, late or refused; `became`: `{kind, what, at}` of what is stored, null: received;
 * `item`: what waits in the queue for it.
 */
export function makeRow(message, handlers) {
  const row = piece("message");
  row.dataset.key = message.key;
  row.querySelector(".dots").addEventListener("click", () => handlers.actions(row.message));
  row.querySelector(".quote").addEventListener("click", () => handlers.jump(row.message.reply.id));
  row.querySelector(".unfold").addEventListener("click", ({ target }) => {
    row.classList.remove("folded");
    target.hidden = true;
  });
  row.querySelector(".bubble").addEventListener("contextmenu", (event) => {
    if (getSelection()?.toString()) return; // words were chosen: the browser's own menu
    event.preventDefault();
    handlers.actions(row.message);
  });
  onLongPress(row.querySelector(".bubble"), () => handlers.actions(row.message));
  return row;
}

/** A long press of a finger; not every phone asks for the context menu then. */
function onLongPress(element, act) {
  let timer = 0;
  let from = null;
  const stop = () => clearTimeout(timer);
  element.addEventListener("pointerdown", (event) => {
    stop();
    from = event;
    if (event.pointerType === "touch") timer = setTimeout(act, LONG_PRESS);
  });
  element.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > STRAY) stop();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave", "contextmenu"]) element.addEventListener(end, stop);
}

/** Shows the newest state of a message; `grouped`: the one before is of the same person, a moment ago. */
export function fillRow(row, message, { grouped, pressed }, handlers) {
  row.message = message;
  const whose = message.mine ? "mine" : message.from ? "other" : "bot";
  row.className = ["row", whose, grouped && "grouped", message.latest && "latest"].filter(Boolean).join(" ");
  row.querySelector(".face").dataset.colour = row.querySelector(".who").dataset.colour = (message.from?.id ?? 0) % COLOURS;
  face(row.querySelector(".face"), message);
  const who = row.querySelector(".who");
  // Who does not see on which side a message stands hears whose it is.
  who.classList.toggle("sr", message.mine || !message.from || grouped);
  put(who.firstElementChild, message.mine ? say("you") : (message.from?.name ?? say("bot")));
  quote(row.querySelector(".quote"), message.reply);
  files(row, message.files, handlers);
  if (message.from) put(row.querySelector(".said"), message.text);
  else told(row.querySelector(".said"), message.text);
  // What somebody pasted is folded; what the bot says was asked for.
  const long = message.from && (message.text.length > LONG || message.text.split("\n").length > 40);
  const unfold = row.querySelector(".unfold");
  if (long && !row.unfolded) row.classList.add("folded");
  unfold.hidden = !long || Boolean(row.unfolded);
  unfold.onclick = () => (row.unfolded = true);
  row.querySelector(".edited").hidden = !message.edited;
  const time = row.querySelector("time");
  put(time, clockTime(message.at));
  time.dateTime = new Date(message.at).toISOString();
  tick(row.querySelector(".did"), message);
  const reaction = row.querySelector(".reaction");
  put(reaction, message.reaction ?? "");
  reaction.hidden = !message.reaction;
  buttons(row.querySelector(".buttons"), message, pressed, handlers);
  state(row.querySelector(".state"), message, handlers);
}

/** What the bot says: the lines of a list as such, and no number apart from what it counts. */
function told(element, text) {
  if (element.told === text) return;
  element.told = text;
  const nodes = [];
  let inText = false; // whether the line before is plain text, from which the next one is to be parted
  let empty = false; // whether it is empty, which above a block needs an end of its own to be seen
  for (const line of text.split("\n")) {
    const listed = NUMBERED.test(line);
    if (listed) nodes.push(...(empty ? ["\n"] : []), spanOf("item", ...bound(line)));
    else nodes.push(...(inText ? ["\n"] : []), ...bound(line));
    inText = !listed;
    empty = line === "";
  }
  element.replaceChildren(...nodes);
}

/** A line in pieces, `3 máy` and `xóm 4` each in one that is not broken; an address of our own leads there. */
function bound(line) {
  const words = line.split(" ");
  const pieces = [];
  let plain = "";
  for (let at = 0; at < words.length; at++) {
    const [word, next = "", after = ""] = words.slice(at);
    const counts = NUMBER.test(word) && LETTER.test(next);
    const named = LETTER.test(word) && /^\d+[,:.)]?$/.test(next) && !(NUMBER.test(next) && LETTER.test(after));
    if (at) plain += " ";
    if (word.startsWith(`${location.origin}/`)) {
      pieces.push(plain, linkTo(word));
      plain = "";
    } else if (counts || named) {
      pieces.push(plain, spanOf("whole", `${word} ${next}`));
      plain = "";
      at += 1;
    } else {
      plain += word;
    }
  }
  return [...pieces, plain].filter((piece) => piece !== "");
}

function linkTo(address) {
  return Object.assign(document.createElement("a"), { href: address, textContent: address });
}

function spanOf(name, ...content) {
  const span = document.createElement("span");
  span.className = name;
  span.append(...content);
  return span;
}

/** What the bot did with an own message: received it, or stored something of it. It says so until that changes. */
function tick(element, message) {
  const known = message.mine && message.state === "taken" && message.became !== undefined;
  const kind = known ? (message.became?.kind ?? "received") : "";
  element.hidden = !kind;
  if (element.dataset.kind !== kind) {
    element.dataset.kind = kind;
    element.querySelector("use").setAttribute("href", `#i-${SIGNS[kind] ?? "check"}`);
  }
  const { what = "", at = 0 } = message.became ?? {};
  put(element.querySelector(".ticked"), kind ? say(`did_${kind}`, { what, at: clockTime(at) }) : "");
}

function face(element, message) {
  if (message.mine) return;
  const sign = message.from ? initial(message.from.name) : "";
  if (element.dataset.sign === sign && element.childNodes.length) return;
  element.dataset.sign = sign;
  element.replaceChildren(message.from ? sign : icon("bot"));
}

/** One of the page's drawings. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(use);
  return drawing;
}

function quote(element, reply) {
  element.hidden = !reply;
  if (!reply) return;
  put(element.querySelector("bdi"), reply.name ?? say("bot"));
  put(element.querySelector("span"), reply.text);
}

function files(row, list, handlers) {
  const holder = row.querySelector(".files");
  const sign = list.map((file) => file.id).join();
  if (holder.dataset.sign === sign) return;
  holder.dataset.sign = sign;
  holder.replaceChildren(...list.map((file) => (file.width ? picture(file, handlers) : download(file))));
}

function picture(file, handlers) {
  const button = piece("picture");
  const image = button.firstElementChild;
  Object.assign(image, { src: addressOf(file), width: file.width, height: file.height, alt: file.name });
  button.addEventListener("click", () => handlers.enlarge(file));
  return button;
}

function download(file) {
  const link = piece("file");
  link.href = addressOf(file);
  link.download = file.name;
  link.querySelector("bdi").textContent = file.name;
  link.querySelector("small").textContent = size(file.size);
  return link;
}

/** The bot's buttons; one that was pressed waits for what comes of it. */
function buttons(holder, message, pressed, handlers) {
  const sign = JSON.stringify([message.buttons, pressed]);
  if (holder.dataset.sign === sign) return;
  const focused = holder.contains(document.activeElement) ? document.activeElement.textContent : null;
  holder.dataset.sign = sign;
  holder.replaceChildren(
    ...message.buttons.map((line) => {
      const group = document.createElement("div");
      group.append(
        ...line.map(({ label, data }) => {
          const button = Object.assign(document.createElement("button"), { type: "button" });
          button.append(...bound(label));
          button.dir = "auto";
          button.classList.toggle("listed", NUMBERED.test(label));
          if (pressed.includes(data)) button.setAttribute("aria-busy", "true");
          button.addEventListener("click", () => handlers.press(message, data));
          return button;
        }),
      );
      return group;
    }),
  );
  if (focused) [...holder.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
}

/** What stands under an own message that the bot does not have yet. */
function state(element, message, handlers) {
  const sign = `${message.state} ${message.why ?? ""} ${message.changing ?? ""}`;
  if (element.dataset.sign === sign) return;
  element.dataset.sign = sign;
  element.className = `state ${message.state}`;
  element.replaceChildren();
  element.hidden = !message.mine || message.state === "taken";
  if (element.hidden) return;
  if (message.state === "sending") {
    element.append(icon("clock"), say("sending"));
    return;
  }
  const what = say(message.changing ? "unsent_edit" : "unsent");
  element.append(icon("alert"), message.why ? `${what}: ${say(`why_${message.why}`)}` : what);
  const offered = message.why ? [["mend", handlers.mend], ["drop", handlers.drop]] : [["again", handlers.again]];
  for (const [name, act] of offered) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: say(name) });
    button.addEventListener("click", () => act(message.item, message));
    element.append(" ", button);
  }
}
