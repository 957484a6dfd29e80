// Takes away the plain form of what is there packed: the server unpacks it for whoever takes no packed form, and the binary
// that holds the pages stays small.
import { existsSync, readdirSync, rmSync } from 'node:fs';

const assets = new URL('../dist/assets/', import.meta.url);
for (const name of readdirSync(assets)) {
  const file = new URL(name, assets);
  if (existsSync(`${file.pathname}.gz`) && existsSync(`${file.pathname}.br`)) rmSync(file);
}
