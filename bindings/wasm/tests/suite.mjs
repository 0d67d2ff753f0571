// Reads the vector files of the folder that `check` names.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

export function readSuite(folder = process.env.DANGOL_VECTORS) {
  const suite = { vectors: {}, programs: {} };
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const path = name.split(sep).join('/');
    const read = () => readFileSync(join(folder, name), 'utf8');
    if (path.startsWith('programs/')) {
      if (/\.(json|toml)$/.test(path)) suite.programs[path] = read();
    } else if (path.endsWith('.json')) {
      suite.vectors[path] = JSON.parse(read());
    }
  }
  return suite;
}
