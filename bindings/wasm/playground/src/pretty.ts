// JSON as people write it: what is short stands on one line.

const WIDTH = 78;

/** The value as JSON text, indented by two blanks; objects and lists that fit stay on one line. */
export function pretty(value: unknown, indent = '', room = WIDTH): string {
  const line = inline(value);
  if (line.length <= room - indent.length || typeof value !== 'object' || value === null) {
    if (indent !== '' || typeof value !== 'object') return line;
  }
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => deeper + pretty(item, deeper, room)).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value ?? {}).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return '{}';
  const lines = fields.map(([name, field]) => {
    const key = `${deeper}${JSON.stringify(name)}: `;
    return key + pretty(field, deeper, room - key.length + deeper.length);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return '{}';
  return `{ ${fields.map(([name, field]) => `${JSON.stringify(name)}: ${inline(field)}`).join(', ')} }`;
}
