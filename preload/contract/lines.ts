import { z } from 'zod';
import { joinedId } from './primitives';
import { takes } from './verb';

export type {
  CandidateView,
  ClipLine,
  RenderView,
  Stage,
  UploadView,
} from '../../main/domain/clip-line';
export type { EventSource, JobEvent, JobKind, Phase } from '../../main/domain/job';

/** The verb about lines, the rows of the job list. */
export const lineVerbs = {
  /** Marks the line's results as seen, and makes main read details that the lists did not contain. */
  'line.markSeen': takes(z.strictObject({ lineId: joinedId })).returns<null>(),
};
