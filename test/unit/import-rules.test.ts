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

/** Specifiers of static and dynamic imports and of re-exports. */
function importsOf(source: string): string[] {
  const pattern = /(?:\bfrom|\bimport\s*\(|\bimport|\brequire\s*\()\s*['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** What the file's import means for the rules: a path in the project, or a package's name. */
function target(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(root, resolve(dirname(join(root, file)), specifier));
}

function violations(file: string, source: string): string[] {
  return RULES.filter((rule) => rule.from.test(file) && !rule.except?.test(file)).flatMap((rule) =>
    importsOf(source)
      .map((specifier) => target(file, specifier))
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
