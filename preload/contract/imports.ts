import { z } from 'zod';
import type { ServiceProblem } from '../../main/domain/service-error';
import { id } from './primitives';
import { takes } from './verb';

export type ImportOutcome =
  | { outcome: 'started'; clipId: string }
  /** No clear answer: the clip may be on its way. The request is never repeated automatically. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  | {
      outcome: 'refused';
      problem: ServiceProblem | 'no-account' | 'no-brand';
      remoteText: string | null;
    };

/** The verb about videos that a service fetches from a URL by itself. */
export const importVerbs = {
  /** The service fetches the video itself. Costs nothing, but is never repeated automatically. */
  'clip.import': takes(
    z.strictObject({
      accountId: id.nullable(),
      brandId: id.nullable(),
      // Whether it can be imported is not checked here: the user is told why it cannot.
      url: z.string().max(8192),
      title: z.string().trim().min(1).max(200).nullable(),
    }),
  ).returns<ImportOutcome>(),
};
