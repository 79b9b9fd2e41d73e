// The service worker: keeps the page and its files, so that the chat opens without a network, and shows
// that there is something while no page is open. Nothing else is kept.

const CACHE = "bacung-{{ version }}";
const FILES = ["/", "/manifest.webmanifest", ...{{ assets | tojson }}.filter((file) => !file.endsWith(".png"))];

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: cacheOf(file) })));
}

/** What carries a digest never changes: the page has it already. */
function cacheOf(file) {
  return file.startsWith("/static/") ? "default" : "no-cache";
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const kept = pathname === "/" || pathname === "/manifest.webmanifest" || pathname.startsWith("/static/");
  if (event.request.method !== "GET" || origin !== location.origin || !kept) return;
  event.respondWith(pathname === "/" ? page(event.request) : file(event.request));
});

/** The newest page where the server answers soon, else the kept one. */
async function page(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match("/");
  const fresh = fetch(request);
  if (!kept) return fresh;
  const soon = new Promise((resolve) => setTimeout(resolve, 1500, kept));
  return Promise.race([fresh.then((answer) => (answer.ok ? answer : kept)).catch(() => kept), soon]);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}

// Every push has to show something. What it says is no secret: nobody's name, and nothing of what was said.
self.addEventListener("push", (event) => {
  event.waitUntil(announce(told(event.data)));
});

function told(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

function announce({ title = "Bacung", body = "", tag = "answer", silent = false }) {
  const icon = "{{ asset('icon-192.png') }}";
  return self.registration.showNotification(title, { body, tag, silent, renotify: !silent, icon, lang: "vi" });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openChat());
});

async function openChat() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const chat = pages.find((page) => new URL(page.url).pathname === "/");
  return chat ? chat.focus() : self.clients.openWindow("/");
}

/** The push service gives the browser another address: the server is told. */
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event.newSubscription));
});

async function renew(given) {
  const answer = await fetch("/push", { credentials: "same-origin" });
  if (!answer.ok) return; // nobody is in here any more
  const { key } = await answer.json();
  const how = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = given ?? (await self.registration.pushManager.subscribe(how));
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(subscription);
  await fetch("/push", { method: "POST", credentials: "same-origin", headers, body });
}
