// Clocks: the server's, as far as it is known, and how long ago something was typed.

const DAY = 24 * 3600 * 1000;
const STEP = 60 * 1000; // a change of the wall clock's distance to the server's that is more than waiting for an answer
const life = newId(); // of this page

let offset = 0; // the server's clock minus ours, ms

/** Takes the distance to the server's clock that an earlier life of the page knew. */
export function remember(known) {
  offset = known;
}

/** The server said what time it is; the distance to its clock. */
export function heard(now) {
  offset = now - Date.now();
  return offset;
}

export function serverNow() {
  return Date.now() + offset;
}

/** What to keep with something typed now, to tell its age later. */
export function stamp() {
  return { life, mono: performance.now(), wall: Date.now(), offset };
}

/** When it was typed, on the server's clock. */
export function typedAt(made) {
  return serverNow() - age(made);
}

/**
 * Milliseconds since a stamp, 0 to 24 h. The wall clock counts sleep and earlier lives of the page, but can be set: where
 * its distance to the server's has changed in between, the monotonic clock of this life is believed instead.
 */
export function age(made) {
  const wall = Date.now() - made.wall;
  const stepped = Math.abs(offset - made.offset) > STEP || wall < 0;
  const passed = stepped && made.life === life ? performance.now() - made.mono : wall;
  return Math.round(Math.min(Math.max(passed, 0), DAY));
}

/** A random UUID; by hand where the page is not served securely. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
