import type { StartRequest, StartSearch } from './execution';
import type { ServiceProblem } from './service-error';
import type { ServiceFailure } from './service-failure';

/** What a transcript is made of: an item the service has, or a link that it makes into one first. */
type TranscriptItem = { id: string } | { source: string };

/** A start as the user fills it in. */
export type StartForm =
  | {
      kind: 'transcript';
      item: TranscriptItem;
      lang: string | null;
      embed: boolean;
      text: string | null;
    }
  | Exclude<StartRequest, { kind: 'transcript' }>;

/** What a start costs, before anything is sent. */
export interface StartCost {
  /** Null where the flat fee is not documented. */
  feeCoins: number | null;
  /** As last read; null where the service does not tell. */
  balanceCoins: number | null;
  /** The user wants to be asked: the fee is over the limit in the settings, or not known. */
  asks: boolean;
}

/** What the searches for a start have shown; `not-looked` when none of them was answered. */
export type StartVerdict = StartSearch['verdict'] | 'not-looked';

export type StartOutcome =
  /** `jobIds` is empty for a schedule until its executions are seen. */
  | { outcome: 'started'; jobIds: string[] }
  /** Nothing was sent: the user has to agree to the cost first. */
  | { outcome: 'asks'; cost: StartCost }
  /** The answer was not clear. The start was searched for, and never sent again. */
  | { outcome: 'unsure'; problem: ServiceProblem; found: StartVerdict; jobIds: string[] }
  | ({ outcome: 'refused' } & ServiceFailure);
