import { describe, expect, it } from 'vitest';
import { importsOf, read, sourceFiles, target } from './source-files';

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

/**
 * A subject may import from the rest of the project only domain, events, and what is named here.
 */
function subject(folder: string, besides: string): Rule {
  const also = besides === '' ? '' : `|${besides}`;
  return {
    says: `main/${folder} knows of the rest of the project only domain, events ${besides}`,
    from: new RegExp(`^main/${folder}/`),
    mayNotImport: new RegExp(
      `^(?!main/domain/|main/events$|main/${folder}(/|$)${also})(main|preload|renderer|test)/`,
    ),
  };
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
  // The subjects. They reach each other only through what the composition root hands them.
  ...[
    'accounts',
    'executions',
    'polling',
    'uploads',
    'downloads',
    'history',
    'storage',
    'http',
    'logging',
  ].map((folder) => subject(folder, '')),
  subject('services', 'main/http/'),
  subject('notifications', 'preload/messages$'),
  subject('app-state', 'preload/contract$'),
  {
    says: 'commands know of subjects only types, and nothing of what stands above them',
    from: /^main\/commands\//,
    mayNotImport: /^main\/(?!commands\/|domain\/|events$)|^preload\/(?!contract$)/,
    typesAllowed: true,
  },
  {
    says: 'commands know nothing of app-state, ipc, desktop and compose',
    from: /^main\/commands\//,
    mayNotImport: /^main\/(app-state|ipc|desktop|compose|index)(\/|$)/,
  },
  {
    says: 'main/ipc knows of the rest of main only domain and commands',
    from: /^main\/ipc\//,
    mayNotImport: /^main\/(?!ipc\/|domain\/|commands\/)/,
  },
  {
    says: 'main/desktop knows of the rest of main only domain, events, ipc and the notification port',
    from: /^main\/desktop\//,
    mayNotImport: /^main\/(?!desktop\/|domain\/|events$|ipc\/page-messages$|notifications\/port$)/,
  },
  {
    says: 'main/desktop/system knows nothing of tray, window, dialogs, start and notifications',
    from: /^main\/desktop\/system\//,
    mayNotImport: /^main\/desktop\/(tray|window|dialogs|start|notifications)\//,
  },
  {
    says: 'only main/index.ts imports the composition root, and nobody main/index.ts',
    from: /^main\/(?!index\.ts$|compose\/)/,
    mayNotImport: /^main\/(compose(\/|$)|index$)/,
  },
  {
    says: 'one module knows keytar',
    from: /^main\//,
    except: /^main\/accounts\/keytar-call\.ts$/,
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

function violations(file: string, source: string): string[] {
  return RULES.filter((rule) => rule.from.test(file) && !rule.except?.test(file)).flatMap((rule) =>
    importsOf(source)
      .filter(({ isTypeOnly }) => !(isTypeOnly && rule.typesAllowed))
      .map(({ specifier }) => target(file, specifier))
      .filter((name) => rule.mayNotImport.test(name))
      .map((name) => `${file} imports ${name}: ${rule.says}`),
  );
}

const FILES = ['main', 'preload', 'renderer'].flatMap(sourceFiles);

describe('the architecture’s import rules', () => {
  it('hold in every source file', () => {
    expect(FILES.length).toBeGreaterThan(50);
    const found = FILES.flatMap((file) => violations(file, read(file)));
    expect(found).toEqual([]);
  });

  it.each([
    ['main/polling/polling-service.ts', "import { app } from 'electron';"],
    ['main/storage/jobs.ts', "import type { X } from '../polling/polling-service';"],
    ['main/storage/jobs.ts', "import { x } from '../../preload/contract';"],
    ['main/accounts/registry.ts', "import type { X } from '../commands/handlers';"],
    ['main/services/clipping/schema.ts', "import { x } from '../../polling/polling-service';"],
    ['main/commands/jobs.ts', "import { reconcile } from '../polling/reconcile';"],
    ['main/commands/jobs.ts', "import type { X } from '../app-state/projection';"],
    ['main/ipc/bridge-server.ts', "import { x } from '../storage/jobs';"],
    ['main/desktop/tray/tray.ts', "import { x } from '../../uploads/queue';"],
    ['main/desktop/system/connectivity.ts', "import { x } from '../tray/tray';"],
    ['main/uploads/queue.ts', "import { x } from '../compose/system-clock';"],
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
      /\b(ipcMain|ipcRenderer)\b/.test(read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(raw.sort()).toEqual(['main/ipc/bridge-server.ts', 'preload/index.ts']);
  });
});
