import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** A rule of the architecture: which files may not import what. */
interface Rule {
  says: string;
  from: RegExp;
  except?: RegExp;
  /** Matched against the project path of a relative import, or the name of a package. */
  mayNotImport: RegExp;
  /** Whether `import type` is allowed: it leaves nothing in the bundle. */
  typesAllowed?: true;
}

const RULES: Rule[] = [
  {
    says: 'only main/desktop, main/ipc, main/compose, main/index.ts and preload/index.ts know Electron',
    from: /^(main|preload|renderer)\//,
    except: /^(main\/(desktop|ipc|compose)\/|main\/index\.ts$|preload\/index\.ts$)/,
    mayNotImport: /^electron(\/|$)/,
  },
  {
    says: 'renderer imports of the rest only the contract and the messages',
    from: /^renderer\//,
    mayNotImport: /^(main|test|scripts)\/|^preload\/(?!contract$|messages(\/|$))/,
  },
  {
    says: 'only main loads the contract, which brings zod along; all others import types of it',
    from: /^(main|preload|renderer)\//,
    except: /^(main\/ipc|preload\/contract)\//,
    mayNotImport: /^preload\/contract(\/|$)/,
    typesAllowed: true,
  },
  {
    says: 'renderer has no Node',
    from: /^renderer\//,
    mayNotImport: /^node:/,
  },
  { says: 'main never imports from renderer', from: /^main\//, mayNotImport: /^renderer\// },
  {
    says: 'domain imports nothing from outside of it',
    from: /^main\/domain\//,
    mayNotImport: /^(?!main\/domain\/)/,
  },
  ...['polling', 'uploads', 'downloads', 'storage', 'http', 'logging'].map(
    (folder): Rule => ({
      says: `main/${folder} knows of the rest of the project only domain and events`,
      from: new RegExp(`^main/${folder}/`),
      mayNotImport: new RegExp(
        `^(main/(?!domain/|events$|${folder}(/|$))|preload/|renderer/|test/)`,
      ),
    }),
  ),
  {
    says: 'one module knows keytar',
    from: /^main\//,
    except: /^main\/accounts\/os-keychain\.ts$/,
    mayNotImport: /^keytar$/,
  },
  {
    says: 'one module knows the SQLite binding',
    from: /^main\//,
    except: /^main\/storage\/database\.ts$/,
    mayNotImport: /^libsql$/,
  },
  {
    says: 'only the clients of services and hosts, and what opens their connections, know undici',
    from: /^main\//,
    except: /^main\/http\/(realtime-client|dispatcher|undici|undici-files\.d)\.ts$/,
    mayNotImport: /^undici(\/|$)/,
  },
  {
    says: 'the product never imports from the tests',
    from: /^(main|preload|renderer)\//,
    mayNotImport: /^(test|scripts)\//,
  },
];

interface Import {
  specifier: string;
  isTypeOnly: boolean;
}

/** Static and dynamic imports, and re-exports. One that is not understood counts as a value's. */
function importsOf(source: string): Import[] {
  const pattern =
    /(?:\b(?:import|export)\s+(type\s+(?!from\b))?[^'";]*?\bfrom|\bfrom|\bimport\s*\(|\bimport|\brequire\s*\()\s*['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map(([, type, specifier = '']) => ({
    specifier,
    isTypeOnly: type !== undefined,
  }));
}

/** What the file's import means for the rules: a path in the project, or a package's name. */
function target(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(root, resolve(dirname(join(root, file)), specifier));
}

function violations(file: string, source: string): string[] {
  return RULES.filter((rule) => rule.from.test(file) && !rule.except?.test(file)).flatMap((rule) =>
    importsOf(source)
      .filter(({ isTypeOnly }) => !(isTypeOnly && rule.typesAllowed))
      .map(({ specifier }) => target(file, specifier))
      .filter((name) => rule.mayNotImport.test(name))
      .map((name) => `${file} imports ${name}: ${rule.says}`),
  );
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name));
}

const FILES = ['main', 'preload', 'renderer'].flatMap(sourceFiles);

describe('the architecture’s import rules', () => {
  it('hold in every source file', () => {
    expect(FILES.length).toBeGreaterThan(50);
    const found = FILES.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it.each([
    ['main/polling/watcher.ts', "import { app } from 'electron';"],
    ['main/storage/jobs.ts', "import type { X } from '../polling/watcher';"],
    ['main/domain/job.ts', "import { z } from 'zod';"],
    ['main/uploads/queue.ts', "const x = await import('undici');"],
    ['main/accounts/registry.ts', "import keytar from 'keytar';"],
    ['main/app-state/projection.ts', "export { x } from '../../renderer/src/app';"],
    ['renderer/src/app.tsx', "import { x } from '../../main/domain/job';"],
    ['renderer/src/app.tsx', "import '../../preload/channels';"],
    ['renderer/src/app.tsx', "import { verbs } from '../../preload/contract';"],
    ['renderer/src/app.tsx', "import { type Bridge } from '../../preload/contract';"],
    ['renderer/src/app.tsx', "import type { id } from '../../preload/contract/primitives';"],
    ['preload/index.ts', "import { verbs } from './contract/verbs';"],
    ['preload/index.ts', "export { verbs } from './contract/verbs';"],
    ['main/commands/jobs.ts', "import { verbs } from '../../preload/contract/verbs';"],
    ['renderer/src/app.tsx', "import { readFile } from 'node:fs/promises';"],
  ])('are seen to be broken by %s with %s', (file, source) => {
    expect(violations(file, source)).not.toEqual([]);
  });

  it('leave raw ipc to its two wrappers', () => {
    const raw = FILES.filter((file) =>
      /\b(ipcMain|ipcRenderer)\b/.test(
        readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    expect(raw.sort()).toEqual(['main/ipc/bridge-server.ts', 'preload/index.ts']);
  });
});
