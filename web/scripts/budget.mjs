// Fails the build when a page's code grows over its budget. Sizes are of the .br files, as a browser fetches them.
import { readFileSync, rmSync, statSync } from 'node:fs';

const FIRST_LOAD_BYTES = 220 * 1024;
const PAGE_BYTES = 130 * 1024;
const dist = new URL('../dist/', import.meta.url);
const manifestFile = new URL('manifest.json', dist);
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

function bytes(file) {
  for (const name of [`${file}.br`, file]) {
    const stat = statSync(new URL(name, dist), { throwIfNoEntry: false });
    if (stat) return stat.size;
  }
  throw new Error(`${file} is in the manifest but not in dist`);
}

/** The files that a chunk needs: its own, its styles, and those of all it imports statically. */
function filesOf(key, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files;
  seen.add(key);
  const chunk = manifest[key];
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen, files);
  return files;
}

const sum = (files) => [...files].reduce((total, file) => total + bytes(file), 0);
const kb = (size) => `${(size / 1024).toFixed(1)} KB`;

/** What every page needs: the entry and the frame around the pages. */
const FRAME = Object.keys(manifest).find((key) => key.startsWith('src/routes/_app.tsx?'));
const first = new Set([...filesOf('index.html'), ...filesOf(FRAME)]);
const firstBytes = sum(first) + bytes('index.html') + bytes('theme.js');
const pages = Object.keys(manifest)
  .filter((key) => manifest[key].isDynamicEntry)
  .map((key) => ({
    name: manifest[key].name ?? key,
    size: sum([...filesOf(key)].filter((file) => !first.has(file))),
  }))
  .sort((a, b) => b.size - a.size);

console.log(`first load ${kb(firstBytes)} of ${kb(FIRST_LOAD_BYTES)}`);
for (const page of pages) console.log(`  ${page.name} ${kb(page.size)}`);
const over = pages
  .filter((page) => page.size > PAGE_BYTES)
  .map((page) => `${page.name}: ${kb(page.size)} of ${kb(PAGE_BYTES)}`);
if (firstBytes > FIRST_LOAD_BYTES) over.push(`first load: ${kb(firstBytes)} of ${kb(FIRST_LOAD_BYTES)}`);
if (over.length > 0) {
  console.error(`over the budget:\n  ${over.join('\n  ')}`);
  process.exit(1);
}
rmSync(manifestFile);
for (const end of ['br', 'gz']) rmSync(new URL(`manifest.json.${end}`, dist), { force: true });
