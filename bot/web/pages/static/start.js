// What takes longest is begun first: the store is opened and the server called while the rest of the page is on its way.

import { Socket } from "./socket.js";
import { openStore } from "./store.js";

let greet;
const known = new Promise((resolve) => (greet = resolve));

/** A promise of the store. */
export const opened = openStore();
export const socket = new Socket(() => known.then((hello) => hello()));

/** All that this browser keeps is known: `hello()` is the first frame, here and after every reconnection. */
export function ready(hello) {
  greet(hello);
}

socket.now();
