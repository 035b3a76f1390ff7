import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NAMED, NOT_USED } from './named';

/**
 * Prints what the contract tests have tried, against everything that is named. Exits with 1 if
 * there is a gap.
 */
const folder = resolve(import.meta.dirname, '../../test-results/contract');

const tried = new Map<string, Set<string>>();
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const lines: [string, string][] = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  for (const [endpoint, answer] of lines) {
    const answers = tried.get(endpoint) ?? new Set();
    tried.set(endpoint, answers.add(answer));
  }
}

const rows = NAMED.map(({ id, service, method, path, answers }) => {
  const names = Object.keys(answers);
  const holes = names.filter((answer) => !tried.get(id)?.has(answer));
  return { id, service, call: `${method} ${path}`, tried: names.length - holes.length, holes };
});

const width = (pick: (row: (typeof rows)[number]) => string) =>
  Math.max(...rows.map((row) => pick(row).length));
const widths = { id: width(({ id }) => id), call: width(({ call }) => call) };
for (const { service, id, call, tried: count, holes } of rows) {
  const missing = holes.length === 0 ? '' : `   not tried: ${holes.join('; ')}`;
  console.log(
    `${service.padEnd(11)} ${id.padEnd(widths.id)} ${call.padEnd(widths.call)} ${String(count).padStart(3)} answers${missing}`,
  );
}
console.log('\nNamed, and of no use to the app:');
for (const [call, reason] of Object.entries(NOT_USED)) console.log(`  ${call}: ${reason}`);

const total = (pick: (row: (typeof rows)[number]) => number) =>
  rows.reduce((sum, row) => sum + pick(row), 0);
const holes = total((row) => row.holes.length);
console.log(
  `\n${JSON.stringify({ endpoints: rows.length, answers: total((row) => row.tried), holes })}`,
);
process.exitCode = holes === 0 ? 0 : 1;
