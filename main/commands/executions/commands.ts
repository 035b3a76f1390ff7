import type { ServiceRead } from '../../../preload/contract';
import type { Choice, Choices } from '../../domain/choice';
import type { Executions } from '../../domain/execution';
import { reason } from '../../domain/logger';
import { transcriptAs } from '../../domain/transcript';
import type { Handlers } from '../handlers';
import { serviceRead } from '../service-read';
import type { ExecutionDeps } from './deps';
import { createExecutionReader } from './read';
import { createExecutionStarter } from './start';
import { createNames } from './titles';

/** The verbs about executions: starting them, reading them, and what they leave. */
export function createExecutionCommands(deps: ExecutionDeps) {
  const names = createNames();
  const starting = createExecutionStarter(deps, names);
  const reading = createExecutionReader(deps);

  async function choose<T extends Choice>(
    accountId: string,
    list: (runs: Executions) => Promise<Choices<T>>,
  ): Promise<ServiceRead<Choices<T>>> {
    const read = await serviceRead(deps.connection(accountId), ({ runs }) => runs, list);
    if ('value' in read && read.value.readable) names.learn(accountId, read.value.choices);
    return read;
  }

  return {
    'executions.items': ({ accountId }) => choose(accountId, (runs) => runs.items()),
    'executions.reporters': ({ accountId }) => choose(accountId, (runs) => runs.reporters()),
    'executions.collections': ({ accountId }) => choose(accountId, (runs) => runs.collections()),
    'executions.workflows': ({ accountId, reporterId }) =>
      choose(accountId, (runs) => runs.workflows(reporterId)),
    'executions.schedules': ({ accountId, reporterId }) =>
      choose(accountId, (runs) => runs.schedules(reporterId)),

    'execution.cost': ({ accountId, form }) => starting.cost(accountId, form),
    'execution.start': ({ accountId, form, agreed }) => starting.start(accountId, form, agreed),

    'execution.detail': ({ jobId }) => reading.detail(jobId),
    'execution.transcript': ({ jobId, lang }) => reading.transcript(jobId, lang),
    'execution.documents': ({ jobId }) => reading.documents(jobId),
    async 'execution.saveTranscript'({ jobId, lang, format }) {
      const transcript = reading.readBefore(jobId, lang);
      if (!transcript) return { saved: false };
      const title = deps.jobs.get(jobId)?.title ?? 'transcript';
      const said = transcript.lang === null ? '' : ` (${transcript.lang})`;
      const name = `${title}${said}.${format}`;
      return { saved: await deps.saveText(name, transcriptAs(format, transcript)) };
    },

    async 'text.copy'({ text }) {
      try {
        await deps.copy(text);
        return { copied: true };
      } catch (error) {
        deps.logger.warn('nothing copied', { reason: reason(error) });
        return { copied: false };
      }
    },
  } satisfies Partial<Handlers>;
}
