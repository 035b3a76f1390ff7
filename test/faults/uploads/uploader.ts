// The process that the fault tests break: it uploads files and exits with 0 when the service has
// them all. It stores nothing of its own: what survives it is the app's database.
import { parseArgs } from 'node:util';
import type { LogFields } from '../../../main/domain/logger';
import type { Upload } from '../../../main/domain/upload';
import { composeUploader } from './compose';
import { ACCOUNT_ID, KEY_VARIABLE, type Said, userAgentOf } from './names';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: '' },
    service: { type: 'string', default: '' },
    brand: { type: 'string', default: '' },
    life: { type: 'string', default: '1' },
    hurry: { type: 'string', default: '1' },
  },
});

// Writes to a pipe are synchronous on Linux, so nothing said before a kill is lost.
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);
const nameOf = (id: string): string => app.uploads.get(id)?.fileName ?? '';

const sayProblem = (message: string, { text, reason }: LogFields = {}): void =>
  say({ said: 'log', text: String(text ?? reason ?? message) });

const app = composeUploader(
  {
    dataFolder: values.data,
    baseUrl: values.service,
    key: process.env[KEY_VARIABLE] ?? '',
    brandId: values.brand,
    userAgent: userAgentOf(Number(values.life)),
    hurry: Number(values.hurry),
  },
  // Its lines about uploads are events, which are told below.
  { info: () => {}, warn: sayProblem, error: sayProblem },
);
app.feed.on('uploads', ({ uploadId }) => {
  const upload = app.uploads.get(uploadId ?? '');
  if (!upload) return;
  const { fileName, state, problem } = upload;
  say({ said: 'changed', fileName, state, problem });
  setImmediate(endIfOver);
});
app.feed.on('uploadEvent', ({ uploadId, event }) =>
  say({ said: 'happened', fileName: nameOf(uploadId), event }),
);
const queue = app.createQueue(watched(app.uploads));

/** The store, which says of every part that it was stored, and of every call that it failed. */
function watched<Store extends typeof app.uploads>(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const call = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        try {
          const result = call(...args);
          if (name === 'recordParts') {
            const uploadId = target.get(args[0] as string)?.remote?.uploadId ?? '';
            for (const { part } of args[1] as { part: { partNumber: number } }[]) {
              say({ said: 'stored', uploadId, partNumber: part.partNumber });
            }
          }
          return result;
        } catch (error) {
          const { code } = error as { code?: string };
          say({ said: 'store-failed', call: String(name), code: String(code) });
          throw error;
        }
      };
    },
  });
}

const isOver = (upload: Upload): boolean => upload.state === 'sent' && upload.sha256Hex !== null;
let ending = false;

function endIfOver(): void {
  const all = app.uploads.list();
  const failed = all.find((upload) => upload.state === 'failed');
  if (failed) process.exit(2);
  const over = files.every((path) => all.some((one) => one.path === path && isOver(one)));
  if (over) void end();
}

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await queue.close();
  await app.close();
  process.exit(0);
}

// Ends with the process that started it.
process.stdin.resume().on('end', () => process.exit(3));

queue.start();
for (const path of files) {
  if (app.uploads.list().some((upload) => upload.path === path)) continue;
  const added = await queue.add(path, { accountId: ACCOUNT_ID, brandId: values.brand });
  if (added.outcome === 'refused') throw new Error(`refused: ${added.problem}`);
}
endIfOver();
