import type { Readable } from '../../../preload/contract';
import type { Choice, Choices } from '../../domain/choice';
import { reason } from '../../domain/logger';
import type { Runs } from '../../domain/runs';
import { transcriptAs } from '../../domain/transcript';
import type { Handlers } from '../handlers';
import { readable } from '../readable';
import type { RunParts } from './parts';
import { createRunReading } from './reading';
import { createStarting } from './starting';
import { createNames } from './titles';

/** The verbs about executions: starting them, reading them, and what they leave. */
export function createRunCommands(parts: RunParts) {
  const names = createNames();
  const starting = createStarting(parts, names);
  const reading = createRunReading(parts);

  async function choose<T extends Choice>(
    accountId: string,
    list: (runs: Runs) => Promise<Choices<T>>,
  ): Promise<Readable<Choices<T>>> {
    const read = await readable(parts.connection(accountId), ({ runs }) => runs, list);
    if ('value' in read && read.value.readable) names.learn(accountId, read.value.choices);
    return read;
  }

  return {
    'runs.items': ({ accountId }) => choose(accountId, (runs) => runs.items()),
    'runs.reporters': ({ accountId }) => choose(accountId, (runs) => runs.reporters()),
    'runs.collections': ({ accountId }) => choose(accountId, (runs) => runs.collections()),
    'runs.workflows': ({ accountId, reporterId }) =>
      choose(accountId, (runs) => runs.workflows(reporterId)),
    'runs.schedules': ({ accountId, reporterId }) =>
      choose(accountId, (runs) => runs.schedules(reporterId)),

    'run.cost': ({ accountId, form }) => starting.cost(accountId, form),
    'run.start': ({ accountId, form, agreed }) => starting.start(accountId, form, agreed),

    'run.detail': ({ jobId }) => reading.detail(jobId),
    'run.transcript': ({ jobId, lang }) => reading.transcript(jobId, lang),
    'run.documents': ({ jobId }) => reading.documents(jobId),
    async 'run.saveTranscript'({ jobId, lang, format }) {
      const transcript = reading.readBefore(jobId, lang);
      if (!transcript) return { saved: false };
      const title = parts.jobs.get(jobId)?.title ?? 'transcript';
      const said = transcript.lang === null ? '' : ` (${transcript.lang})`;
      const name = `${title}${said}.${format}`;
      return { saved: await parts.saveText(name, transcriptAs(format, transcript)) };
    },

    async 'text.copy'({ text }) {
      try {
        await parts.copy(text);
        return { copied: true };
      } catch (error) {
        parts.logger.warn('nothing copied', { reason: reason(error) });
        return { copied: false };
      }
    },
  } satisfies Partial<Handlers>;
}
