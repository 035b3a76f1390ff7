import { type Logger, reason } from '../domain/logger';
import type { ExecutionService } from '../executions';
import type { Handlers } from './handlers';

interface ExecutionCommandDeps {
  executions: ExecutionService;
  /** Puts text on the clipboard; rejects where the system does not take it. */
  copy: (text: string) => Promise<void>;
  /** Asks the user where to save, and saves; false when they changed their mind. */
  saveText: (proposedName: string, text: string) => Promise<boolean>;
  logger: Logger;
}

/** The verbs about executions: picking, starting and reading them, and saving their transcripts. */
export function createExecutionCommands({
  executions,
  copy,
  saveText,
  logger,
}: ExecutionCommandDeps) {
  return {
    'executions.items': ({ accountId }) => executions.items(accountId),
    'executions.reporters': ({ accountId }) => executions.reporters(accountId),
    'executions.collections': ({ accountId }) => executions.collections(accountId),
    'executions.workflows': ({ accountId, reporterId }) =>
      executions.workflows(accountId, reporterId),
    'executions.schedules': ({ accountId, reporterId }) =>
      executions.schedules(accountId, reporterId),

    'execution.cost': ({ accountId, form }) => executions.cost(accountId, form),
    'execution.start': ({ accountId, form, agreed }) => executions.start(accountId, form, agreed),

    'execution.detail': ({ jobId }) => executions.detail(jobId),
    'execution.transcript': ({ jobId, lang }) => executions.transcript(jobId, lang),
    'execution.documents': ({ jobId }) => executions.documents(jobId),
    async 'execution.saveTranscript'({ jobId, lang, format }) {
      const file = executions.transcriptFile(jobId, lang, format);
      return { saved: file !== null && (await saveText(file.fileName, file.text)) };
    },

    async 'text.copy'({ text }) {
      try {
        await copy(text);
        return { copied: true };
      } catch (error) {
        logger.warn('nothing copied', { reason: reason(error) });
        return { copied: false };
      }
    },
  } satisfies Partial<Handlers>;
}
