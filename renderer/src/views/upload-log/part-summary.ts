import type { UploadLog } from '../../../../preload/contract';

interface PartSummary {
  sentCount: number;
  /** Parts that needed more than one try. */
  againCount: number;
  /** Null without parts, as is the median. */
  slowestMs: number | null;
  medianMs: number | null;
}

/** A summary of how the parts of an upload were sent. */
export function summarizeParts(parts: UploadLog['parts']): PartSummary {
  const took = parts.map((part) => part.tookMs).sort((a, b) => a - b);
  const middle = (took.length - 1) / 2;
  const low = took[Math.floor(middle)];
  const high = took[Math.ceil(middle)];
  return {
    sentCount: parts.length,
    againCount: parts.filter((part) => part.tries > 1).length,
    slowestMs: took.at(-1) ?? null,
    medianMs: low === undefined || high === undefined ? null : (low + high) / 2,
  };
}
