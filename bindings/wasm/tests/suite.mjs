// Reads the vector files of the folder that `check` names, and the program files that they name.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

export function readSuite(folder = process.env.DANGOL_VECTORS) {
  const suite = { vectors: {}, programs: {} };
  const read = (path) => readFileSync(join(folder, path), 'utf8');
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const path = name.split(sep).join('/');
    if (!path.endsWith('.json') || path.startsWith('programs/')) continue;
    const file = parse(path, read(path));
    suite.vectors[path] = file;
    const refunds = file.cases.flatMap(({ steps }) => steps ?? []).flatMap(({ when }) => when.refund ?? []);
    for (const { program } of [file, ...file.cases, ...refunds]) {
      if (typeof program === 'string') suite.programs[program] ??= read(program);
    }
  }
  return suite;
}

function parse(path, text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path}: ${cause.message}`, { cause });
  }
}
