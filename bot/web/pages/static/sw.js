// The service worker: keeps the page and its files, so that the chat opens without a network. Nothing else is kept.

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
