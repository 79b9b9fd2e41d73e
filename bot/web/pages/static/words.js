// The page's words, which stand in its HTML, and how times and sizes are said.

import { serverNow } from "./clock.js";

const words = new Map();
for (const one of document.getElementById("words").content.querySelectorAll("[data-say]")) {
  words.set(one.dataset.say, one.textContent);
}

const shortened = say("short").split(";").map((pair) => pair.split("="));

/** The words of this name, with `{n}` and the like filled in. */
export function say(name, values = {}) {
  const text = words.get(name) ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? number(values[key]) : values[key]));
}

/** Names of places as they fit on a phone: `Xã Xuân Thu` → `Xuân Thu`, `Tổ dân phố 4` → `TDP 4`. */
export function short(name) {
  for (const [long, brief] of shortened) if (name.startsWith(long)) return `${brief}${name.slice(long.length)}`;
  return name;
}

/** 116167 → `116.167`. */
export function number(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** `19:30` */
export function clockTime(at) {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `Hôm nay`, `Hôm qua`, `20/05`, `20/05/2022`. */
export function day(at) {
  const date = new Date(at);
  const today = new Date(serverNow());
  if (sameDay(date, today)) return say("today");
  today.setDate(today.getDate() - 1);
  if (sameDay(date, today)) return say("yesterday");
  const short = `${two(date.getDate())}/${two(date.getMonth() + 1)}`;
  return date.getFullYear() === new Date(serverNow()).getFullYear() ? short : `${short}/${date.getFullYear()}`;
}

/** `19:30` today, else the day. */
export function moment(at) {
  return sameDay(new Date(at), new Date(serverNow())) ? clockTime(at) : day(at);
}

/** `20/05 19:30`, or `19:30` today. */
export function dayAndTime(at) {
  return sameDay(new Date(at), new Date(serverNow())) ? clockTime(at) : `${clockTime(at)} ${day(at).toLowerCase()}`;
}

export function sameDay(one, other) {
  return (
    one.getFullYear() === other.getFullYear() &&
    one.getMonth() === other.getMonth() &&
    one.getDate() === other.getDate()
  );
}

/** `12,4 kB` */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${amount.toFixed(1).replace(/\.0$/, "").replace(".", ",")} ${unit}`;
}

function two(n) {
  return String(n).padStart(2, "0");
}

/** A copy of one of the page's pieces: the first element of `<template id="t-…">`. */
export function piece(name) {
  return document.getElementById(`t-${name}`).content.firstElementChild.cloneNode(true);
}

/** Puts a text where it is not there yet: nothing is announced or laid out twice. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The letter on somebody's face: that of the given name, which stands last. */
export function initial(name) {
  const last = name.trim().split(/\s+/).pop() ?? "";
  return (Array.from(last)[0] ?? "?").toLocaleUpperCase("vi");
}
