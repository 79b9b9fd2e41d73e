// Bundles drawing.js for the dashboard, and gathers the licences of all that is in the bundle.
// Vega is taken as its own build: the very code of this version, as the pictures in chats are drawn by.

import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const OUT = "../../bot/web/dashboard/vendor";
const VEGA = "./node_modules/.vega.cjs"; // it is no module, whatever its package says
copyFileSync("node_modules/vega/build/vega.min.js", VEGA);

const { metafile } = await build({
  entryPoints: ["drawing.js"],
  outfile: `${OUT}/drawing.js`,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  alias: { vega: VEGA },
  banner: { js: "/* Made by `make vendor`; licences: LICENCES.txt beside it. */" },
  metafile: true,
});

// Vega's own build contains packages that the bundle does not name: all that it depends on.
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
const named = Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/.][^/]*)/.exec(path)?.[1]);
const packages = new Set([...named.filter(Boolean), "vega"]);
const add = (name) => {
  for (const needed of Object.keys(lock[`node_modules/${name}`]?.dependencies ?? {})) {
    if (needed.startsWith("@types/") || packages.has(needed)) continue;
    packages.add(needed);
    add(needed);
  }
};
add("vega");

const texts = [...packages].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const given = file ? `${folder}/${file}` : name.startsWith("vega-") ? "node_modules/vega/LICENSE" : null; // one project
  if (!given) throw new Error(`${name}: no licence in the package`);
  const text = readFileSync(given, "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(`${OUT}/LICENCES.txt`, `${texts.join(`\n${"-".repeat(72)}\n\n`)}`);
