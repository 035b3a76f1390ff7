import { expect, it } from 'vitest';
import { z } from 'zod';
import { createRowParsers, flagColumn, jsonColumn } from '../../../main/storage/row-parser';
import { recordingLogger } from '../../builders/logger';

const schema = z.object({
  id: z.number(),
  name: z.string(),
  seen: flagColumn,
  detail_json: jsonColumn(z.object({ score: z.number() })).nullable(),
});

function setting() {
  const { logger, lines } = recordingLogger();
  const parsers = createRowParsers(logger);
  return { parsers, rows: parsers.create('things', ['id'], schema), lines };
}

const GOOD = { id: 1, name: 'one', seen: 1, detail_json: '{"score":2}', other: null };

it('returns what the schema makes of a row', () => {
  const { rows, lines } = setting();
  const parsed = { id: 1, name: 'one', seen: true, detail_json: { score: 2 } };
  expect(rows.parse(GOOD)).toEqual(parsed);
  expect(rows.parse({ ...GOOD, detail_json: null })).toEqual({ ...parsed, detail_json: null });
  expect(rows.parse(undefined)).toBeNull();
  expect(lines).toEqual([]);
});

it.each([
  ['of another type', { name: 5 }, 'name'],
  ['that is NULL', { name: null }, 'name'],
  ['that is neither 0 nor 1', { seen: 2 }, 'seen'],
  ['of broken JSON', { detail_json: '{' }, 'detail_json'],
  ['of JSON with another shape', { detail_json: '{"score":"secret"}' }, 'detail_json.score'],
])('skips a row with a value %s, and logs where but not what', (_, changes, path) => {
  const { rows, lines } = setting();
  expect(rows.all([GOOD, { ...GOOD, id: 2, ...changes }, { ...GOOD, id: 3 }])).toMatchObject([
    { id: 1 },
    { id: 3 },
  ]);
  expect(lines).toEqual([
    { level: 'warn', message: 'row skipped', fields: { table: 'things', id: '2', path } },
  ]);
});

it('logs a row once, however often and with whatever schema it is read', () => {
  const { parsers, rows, lines } = setting();
  const names = parsers.create('things', ['id'], z.object({ name: z.string() }));
  const bad = { ...GOOD, name: null };
  rows.parse(bad);
  rows.all([bad, bad]);
  names.parse(bad);
  expect(lines).toHaveLength(1);
  expect([parsers.isSkipped('things', '1'), parsers.isSkipped('things', '2')]).toEqual([
    true,
    false,
  ]);
  // The same id in another table is another row.
  parsers.create('others', ['id'], schema).parse(bad);
  expect(lines).toHaveLength(2);
});

it('names a row by all columns of its key', () => {
  const { parsers, lines } = setting();
  parsers.create('parts', ['id', 'name'], z.object({ size: z.number() })).parse(GOOD);
  expect(lines).toMatchObject([{ fields: { table: 'parts', id: '1/one', path: 'size' } }]);
});
