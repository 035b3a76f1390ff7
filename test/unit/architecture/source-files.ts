import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Project paths of all source files below a folder of the project. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name))
    .sort();
}

export function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export interface Import {
  specifier: string;
  /** `import type` leaves nothing in the bundle. */
  isTypeOnly: boolean;
}

/**
 * Static and dynamic imports, and re-exports. An import that is not understood counts as one of a
 * value.
 */
export function importsOf(source: string): Import[] {
  const pattern =
    /(?:\b(?:import|export)\s+(type\s+(?!from\b))?[^'";]*?\bfrom|\bfrom|\bimport\s*\(|\bimport|\brequire\s*\()\s*['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map(([, type, specifier = '']) => ({
    specifier,
    isTypeOnly: type !== undefined,
  }));
}

/** What an import in the file names: a path in the project without its extension, or a package. */
export function target(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(root, resolve(dirname(join(root, file)), specifier));
}
