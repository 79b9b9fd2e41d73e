// Being told on the lock screen while no page is open: how it stands with this browser, and the asking for it.
//
// Whether somebody wants it is kept for them on this browser, as is that they were asked: nobody is asked twice.

const PATIENCE = 15_000; // ms that a browser may take to call its push service
const APPLE = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

/**
 * `on`; `off`; `blocked`: the browser was told never to show anything of ours; `install`: an iPhone, which lets only
 * pages on the home screen; `none`: this browser cannot.
 */
export async function standing() {
  const state = possible();
  if (state !== "on") return state;
  const [subscription, known] = await Promise.all([subscribed(), asked()]);
  return subscription && known.on ? "on" : "off";
}

/** The same as far as the browser alone knows: `on` means that it may be. */
function possible() {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return APPLE && !onHomeScreen() ? "install" : "none";
  if (Notification.permission === "denied") return "blocked";
  return Notification.permission === "granted" ? "on" : "off";
}

function onHomeScreen() {
  return navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;
}

/** Asks the browser, which asks the person, and tells the server; how it stands then. Called from a press. */
export async function turnOn(person) {
  noteAsked(person);
  if ((await Notification.requestPermission()) !== "granted") return possible();
  await inTime(subscribe());
  keep(person, "on", "yes");
  return "on";
}

export async function turnOff(person) {
  keep(person, "on", null);
  if (possible() === "on") {
    await (await subscribed())?.unsubscribe(); // where the server cannot be told now, the push service tells it
    await tell("DELETE").catch((error) => console.warn(error));
  }
  return "off";
}

/**
 * Once the person is known: what they want holds again where browser or server forgot it, and what somebody else
 * wanted here before them holds no more.
 */
export async function settle(person) {
  if (possible() !== "on") return;
  const wanted = kept(person, "on");
  const subscription = await subscribed();
  if (!wanted && !subscription) return;
  const { key, on } = await asked();
  if (wanted && !(on && isOf(subscription, key))) await inTime(subscribe());
  else if (!wanted && !on) await subscription.unsubscribe();
  else if (!wanted) keep(person, "on", "yes");
}

/** Whether this is the moment to ask: they can have it, and were never asked. */
export function mayAsk(person) {
  const state = possible();
  return (state === "off" || state === "install") && !kept(person, "asked") ? state : null;
}

export function noteAsked(person) {
  keep(person, "asked", "yes");
}

/** The page is looked at: what the lock screen shows of it is known by now. */
export async function clear() {
  if (possible() !== "on") return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
}

async function subscribe() {
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const { key } = await asked();
  let subscription = await pushManager.getSubscription();
  if (subscription && !isOf(subscription, key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await tell("POST", subscription.toJSON());
}

async function subscribed() {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Whether a subscription is for what this server signs: another database has another key. */
function isOf(subscription, key) {
  const own = subscription?.options?.applicationServerKey;
  if (!own) return Boolean(subscription);
  const text = btoa(String.fromCharCode(...new Uint8Array(own)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}

/** `{key, on}`: the server's key, and whether it reaches this browser. */
async function asked() {
  return (await tell("GET")).json();
}

async function tell(method, body) {
  const answer = await fetch("/push", {
    method,
    credentials: "same-origin",
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  if (!answer.ok) throw new Error(`/push: ${answer.status}`);
  return answer;
}

function inTime(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no push service")), PATIENCE));
  return Promise.race([promise, late]);
}

// Kept on this browser, where it lets us; nothing of it is secret

function kept(person, what) {
  try {
    return localStorage.getItem(`push ${what} ${person}`);
  } catch {
    return null;
  }
}

function keep(person, what, value) {
  try {
    if (value === null) localStorage.removeItem(`push ${what} ${person}`);
    else localStorage.setItem(`push ${what} ${person}`, value);
  } catch {
    // asked again some day
  }
}
