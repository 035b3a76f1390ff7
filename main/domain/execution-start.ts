import type { StartRequest, StartSearch } from './execution';
import type { ServiceProblem } from './service-error';
import type { ServiceFailure } from './service-failure';

/** What to transcribe: an item that the service has, or a link that it first makes into one. */
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
  /** As last read; null where the service does not say. */
  balanceCoins: number | null;
  /** The user has to confirm: the fee is over the limit in the settings, or not known. */
  asks: boolean;
}

/** What the searches for a start have shown; `not-looked` when none of them got an answer. */
export type StartVerdict = StartSearch['verdict'] | 'not-looked';

export type StartOutcome =
  /** `jobIds` is empty for a schedule until its executions have been found. */
  | { outcome: 'started'; jobIds: string[] }
  /** Nothing was sent: the user has to confirm the cost first. */
  | { outcome: 'asks'; cost: StartCost }
  /** There was no clear answer. What was started was searched for; it is never sent again. */
  | { outcome: 'unsure'; problem: ServiceProblem; found: StartVerdict; jobIds: string[] }
  | ({ outcome: 'refused' } & ServiceFailure);
