import type { ClipLine } from '../domain/clip-line';
import type { AccountHandle } from '../polling/account-handle';
import type { JobRepository } from '../storage/jobs';
import type { Handlers } from './handlers';

export interface LineCommandDeps {
  jobs: Pick<JobRepository, 'markSeen'>;
  polling: {
    account(accountId: string): Pick<AccountHandle, 'lookUpClip' | 'lookUpRenders'> | null;
  };
  line: (lineId: string) => ClipLine | null;
}

/** The verb about lines. */
export function createLineCommands({ jobs, polling, line: lineOf }: LineCommandDeps) {
  return {
    'line.markSeen'({ lineId }) {
      const line = lineOf(lineId);
      if (!line) return null;
      jobs.markSeen(line.jobIds);
      // An old clip is listed without its candidates; they are read when the user opens it.
      if (
        line.kind === 'clip' &&
        line.clipId &&
        line.stage === 'ready' &&
        !line.candidates.length
      ) {
        const account = polling.account(line.accountId);
        account?.lookUpClip(line.clipId);
        account?.lookUpRenders(line.clipId);
      }
      return null;
    },
  } satisfies Partial<Handlers>;
}
