import { z } from 'zod';
import type { ServiceProblem } from '../../main/domain/service-error';
import { id } from './primitives';
import { takes } from './verb';

export type RenderOutcome =
  | { outcome: 'started' }
  /** No clear answer: the render may have started. The request is never repeated automatically. */
  | { outcome: 'unsure'; problem: ServiceProblem }
  /** Not sent, because an earlier render of the request failed for a reason that concerns them all. */
  | { outcome: 'not-sent' }
  | { outcome: 'refused'; problem: ServiceProblem; remoteText: string | null };

/** The verb about renders. */
export const renderVerbs = {
  /**
   * One render for each candidate; a null candidate lets the service choose. Costs credit, and is
   * never repeated automatically. The outcomes are in the order of the candidates.
   */
  'render.submit': takes(
    z.strictObject({
      accountId: id,
      clipId: id,
      /** The revision that the user saw; null takes the last one known. */
      editRevision: z.number().nonnegative().nullable(),
      candidateIds: z.array(id.nullable()).min(1).max(200),
      /** Null leaves it to the service. */
      template: z.string().trim().min(1).max(200).nullable(),
      captions: z.boolean().nullable(),
    }),
  ).returns<RenderOutcome[]>(),
};
