// The process that the fault tests break: it uploads files and exits with 0 when the service has
// them all. It stores nothing of its own: only the app's database survives it.
import { parseArgs } from 'node:util';
import type { LogFields } from '../../../main/domain/logger';
import type { Upload } from '../../../main/domain/upload';
import type { PartWorkers } from '../../../main/uploads/workers/part-workers';
import { composeUploader } from './compose';
import { ACCOUNT_ID, KEY_VARIABLE, type UploaderMessage, userAgentOf } from './messages';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: '' },
    service: { type: 'string', default: '' },
    brand: { type: 'string', default: '' },
    run: { type: 'string', default: '1' },
    hurry: { type: 'string', default: '1' },
  },
});

// Writes to a pipe are synchronous on Linux, so nothing reported before a kill is lost.
const report = (message: UploaderMessage): void =>
  void process.stdout.write(`${JSON.stringify(message)}\n`);
const nameOf = (id: string): string => app.uploads.get(id)?.fileName ?? '';

const reportProblem = (message: string, { text, reason }: LogFields = {}): void =>
  report({ type: 'log', text: String(text ?? reason ?? message) });

const app = composeUploader(
  {
    dataFolder: values.data,
    baseUrl: values.service,
    key: process.env[KEY_VARIABLE] ?? '',
    brandId: values.brand,
    userAgent: userAgentOf(Number(values.run)),
    hurry: Number(values.hurry),
  },
  // What it would log about uploads are events too, which are reported below.
  { info: () => {}, warn: reportProblem, error: reportProblem },
);
app.feed.on('uploads', ({ uploadId }) => {
  const upload = app.uploads.get(uploadId ?? '');
  if (!upload) return;
  const { fileName, state, problem } = upload;
  report({ type: 'upload-changed', fileName, state, problem });
  setImmediate(endIfOver);
});
app.feed.on('uploadEvent', ({ uploadId, event }) =>
  report({ type: 'upload-event', fileName: nameOf(uploadId), event }),
);
const queue = app.createQueue(reportingStore(app.uploads), reportingWorkers(app.workers));

/** The store; each stored part and each failed call is reported. */
function reportingStore<Store extends typeof app.uploads>(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const call = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        try {
          const result = call(...args);
          if (name === 'recordParts') {
            const uploadId = target.get(args[0] as string)?.remote?.uploadId ?? '';
            for (const { part } of args[1] as { part: { partNumber: number } }[]) {
              report({ type: 'part-stored', uploadId, partNumber: part.partNumber });
            }
          }
          return result;
        } catch (error) {
          const { code } = error as { code?: string };
          report({ type: 'store-failed', call: String(name), code: String(code) });
          throw error;
        }
      };
    },
  });
}

/** The workers; each part that is handed to them, and each answer to one, is reported. */
function reportingWorkers(workers: PartWorkers): PartWorkers {
  return {
    ...workers,
    async send(request) {
      const { searchParams } = new URL(request.url);
      const part = {
        uploadId: searchParams.get('uploadId') ?? '',
        partNumber: Number(searchParams.get('partNumber')),
      };
      report({ type: 'part-sending', ...part });
      const answer = await workers.send(request);
      report({ type: 'part-answered', ...part, status: answer.status });
      return answer;
    },
  };
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
