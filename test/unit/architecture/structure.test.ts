import { expect, it } from 'vitest';
import { importsOf, read, sourceFiles, target } from './source-files';

const MAX_LINES = 300;
const MAX_COMPOSE_LINES = 150;

const lines = (file: string): number => read(file).trimEnd().split('\n').length;

it('no file in main is so long that it has more than one subject', () => {
  const long = sourceFiles('main').filter((file) => lines(file) > MAX_LINES);
  expect(long).toEqual([]);
});

it('the composition root stays in small files', () => {
  const long = sourceFiles('main/compose').filter((file) => lines(file) > MAX_COMPOSE_LINES);
  expect(long).toEqual([]);
});

/** Which files each file imports; type imports count, since a reader has to follow them too. */
function importGraph(files: string[]): Map<string, string[]> {
  const known = new Set(files);
  const fileOf = (name: string) =>
    [`${name}.ts`, `${name}.tsx`, `${name}/index.ts`, name].find((file) => known.has(file));
  return new Map(
    files.map((file) => [
      file,
      importsOf(read(file)).flatMap(({ specifier }) => fileOf(target(file, specifier)) ?? []),
    ]),
  );
}

/** The circles in a graph, each as the files along it. */
function circlesOf(graph: ReadonlyMap<string, string[]>): string[] {
  const circles = new Set<string>();
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): void {
    const start = path.indexOf(file);
    if (start >= 0) circles.add([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  }
  for (const file of graph.keys()) visit(file);
  return [...circles];
}

it('no file imports itself through others', () => {
  const graph = importGraph(['main', 'preload', 'renderer'].flatMap(sourceFiles));
  expect([...graph.values()].flat().length).toBeGreaterThan(500);
  expect(circlesOf(graph)).toEqual([]);
});

it('a circle is found, wherever one enters it', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['b']],
    ['d', []],
  ]);
  expect(circlesOf(circle)).toEqual(['b → c → b']);
});
