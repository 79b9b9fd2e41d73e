// Keeps the numbers fresh while the page is looked at, and draws the pictures; without it the page shows both as text.

const EVERY = 15_000; // ms between looks; none while the page is hidden
const SIGHT = "600px"; // so near to the screen the pictures are fetched

const pictures = document.getElementById("hinh");
const news = document.getElementById("news");
const asOf = document.getElementById("as-of");
const words = new Map();
for (const one of document.getElementById("words").content.querySelectorAll("[data-say]")) {
  words.set(one.dataset.say, one.textContent);
}
document.documentElement.classList.add("scripted");

// On a phone the days are a row that scrolls: those that are shown are in sight

document.querySelector(".periods [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// The commune that is chosen is shown at once

for (const select of document.querySelectorAll(".places select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// Fresh numbers

let tag = ""; // of the numbers that are shown
let looked = performance.now();
let timer = 0;
let at = new Date(); // when the numbers were true

async function look() {
  clearTimeout(timer);
  looked = performance.now();
  try {
    const answer = await fetch(`/bang/so${location.search}`, {
      headers: tag ? { "If-None-Match": tag } : {},
      cache: "no-store",
      credentials: "same-origin",
    });
    if (answer.status === 403 || answer.status === 404) return location.reload(); // closed: the page says so
    if (!answer.ok && answer.status !== 304) throw new Error(`${answer.status}`);
    at = new Date();
    if (answer.status === 200) show(answer.headers.get("ETag") ?? "", await answer.text());
    news.textContent = "";
    asOf.textContent = say("as_of");
  } catch (error) {
    console.warn(`numbers: ${error}`);
    news.textContent = say("stale");
  }
  wait();
}

/** The new numbers in the place of the old; whoever was at a link there stays at it. */
function show(newTag, html) {
  tag = newTag;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  let changed = false;
  for (const piece of fresh.content.children) {
    const shown = document.getElementById(piece.id);
    if (!shown || plain(shown) === plain(piece)) continue;
    const focused = shown.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    shown.replaceChildren(...piece.childNodes);
    if (focused) [...shown.querySelectorAll("a")].find((one) => one.getAttribute("href") === focused)?.focus();
    changed = true;
  }
  if (changed) draw();
}

function plain(element) {
  return element.innerHTML.replace(/\s+/g, " ").trim();
}

function wait() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(look, EVERY);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && performance.now() - looked > EVERY) look();
  else wait();
});
addEventListener("online", look);
wait();

function say(name) {
  const clock = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return (words.get(name) ?? name).replace("{at}", clock);
}

// The pictures

let library = null; // a promise of what draws
const shown = new Map(); // what each picture shows, by its id, and how to end it

if (pictures) {
  for (const chart of pictures.querySelectorAll(".chart")) chart.classList.add("waits");
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      library = import(document.querySelector("[data-drawing]").dataset.drawing);
      draw();
    },
    { rootMargin: SIGHT },
  );
  near.observe(pictures);
  addEventListener("beforeprint", () => library ?? draw());
}

async function draw() {
  if (!library) return;
  try {
    const [{ embed, expressionInterpreter }, answer] = await Promise.all([
      library,
      fetch(`/bang/hinh${location.search}`, { cache: "no-store", credentials: "same-origin" }),
    ]);
    if (!answer.ok) throw new Error(`${answer.status}`);
    for (const picture of await answer.json()) await drawOne(picture, embed, expressionInterpreter);
  } catch (error) {
    console.warn(`pictures: ${error}`);
    for (const chart of pictures.querySelectorAll(".chart.waits")) {
      chart.classList.remove("waits");
      chart.textContent = say("no_pictures");
    }
  }
}

async function drawOne({ id, title, words: told, spec }, embed, expressionInterpreter) {
  const figure = document.getElementById(`hinh-${id}`);
  const sign = JSON.stringify(spec);
  if (!figure || shown.get(id)?.sign === sign) return;
  figure.querySelector("h2").textContent = title;
  figure.querySelector(".words").textContent = told;
  const chart = figure.querySelector(".chart");
  const result = await embed(chart, spec, {
    actions: false,
    ast: true, // expressions are interpreted, never evaluated: the page's policy lets no text become code
    expr: expressionInterpreter,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  result.view.addEventListener("click", (_, item) => follow(item?.datum ?? {}));
  chart.classList.remove("waits");
  shown.get(id)?.end();
  shown.set(id, { sign, end: () => result.finalize() });
}

/** The commune that a mark stands for is one press away, as in the list; of a heat map on the day of the mark. */
function follow({ name, day }) {
  const link = [...document.querySelectorAll("#xa tbody a")].find((one) => one.textContent === name);
  if (!link) return;
  const to = new URL(link.href);
  if (day) to.searchParams.set("ky", day);
  location.assign(to);
}
