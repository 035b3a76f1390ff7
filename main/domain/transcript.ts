/** A piece of a transcript with its times in the recording. */
export interface Segment {
  startMs: number;
  /** Null where the service gives none. */
  endMs: number | null;
  text: string;
}

/** What was said in one recording, in one language. */
export interface Transcript {
  itemId: string | null;
  lang: string | null;
  text: string;
  segments: Segment[];
  /** The service's text was longer than the limit, and has been cut. */
  cut: boolean;
}

/** How a transcript can be saved. */
export type TranscriptFormat = 'txt' | 'srt' | 'vtt';

/** Shortest and usual time on screen of a cue whose end is unknown or wrong. */
const MIN_CUE_MS = 200;
const USUAL_CUE_MS = 2_000;

interface Cue {
  startMs: number;
  endMs: number;
  lines: string[];
}

function linesOf(text: string): string[] {
  // An empty line ends a cue in both formats, so a cue must not contain one.
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * Segments as cues that follow each other: in order, without empty ones, and without overlaps, since
 * players stack overlapping cues over the picture.
 */
function cuesOf(segments: Segment[]): Cue[] {
  const cues: Cue[] = [];
  const ordered = segments
    .map((segment) => ({
      startMs: Math.max(0, Math.round(segment.startMs)),
      endMs: segment.endMs === null ? null : Math.round(segment.endMs),
      lines: linesOf(segment.text),
    }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => a.startMs - b.startMs);
  for (const [index, segment] of ordered.entries()) {
    const before = cues.at(-1);
    if (before && ordered[index - 1]?.startMs === segment.startMs) {
      before.lines.push(...segment.lines);
      before.endMs = Math.max(before.endMs, segment.endMs ?? 0);
    } else {
      if (before) before.endMs = Math.min(before.endMs, segment.startMs);
      const isCredible = segment.endMs !== null && segment.endMs > segment.startMs;
      const endMs = isCredible ? (segment.endMs ?? 0) : segment.startMs + USUAL_CUE_MS;
      cues.push({ startMs: segment.startMs, endMs, lines: segment.lines });
    }
  }
  // The last cue has no successor to make room for, so it can always stay on screen for a moment.
  const last = cues.at(-1);
  if (last) last.endMs = Math.max(last.endMs, last.startMs + MIN_CUE_MS);
  return cues;
}

function clockTime(atMs: number, separator: ',' | '.'): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const milliseconds = String(atMs % 1000).padStart(3, '0');
  const hours = two(atMs / 3_600_000);
  return `${hours}:${two((atMs / 60_000) % 60)}:${two((atMs / 1000) % 60)}${separator}${milliseconds}`;
}

/** Plain text: the whole text as the service has it, else one line for each segment. */
export function transcriptAsText(transcript: Transcript): string {
  const whole = transcript.text.trim();
  const lines = transcript.segments.flatMap(({ text }) => linesOf(text));
  return `${whole === '' ? lines.join('\n') : whole}\n`;
}

/** SubRip: numbered cues, a comma before the milliseconds. Empty without timed segments. */
export function transcriptAsSrt(transcript: Transcript): string {
  return cuesOf(transcript.segments)
    .map((cue, index) => {
      const times = `${clockTime(cue.startMs, ',')} --> ${clockTime(cue.endMs, ',')}`;
      // The format has no escapes: a line with an arrow would be taken for the times of a cue.
      const lines = cue.lines.map((line) => line.replaceAll('-->', '->'));
      return `${index + 1}\n${times}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** WebVTT (https://www.w3.org/TR/webvtt1/): `&`, `<` and `>` are escaped, so no arrow can occur. */
export function transcriptAsVtt(transcript: Transcript): string {
  const cues = cuesOf(transcript.segments).map((cue) => {
    const times = `${clockTime(cue.startMs, '.')} --> ${clockTime(cue.endMs, '.')}`;
    const lines = cue.lines.map((line) => line.replace(/[&<>]/g, (sign) => entities[sign] ?? ''));
    return `${times}\n${lines.join('\n')}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** The transcript in one of the formats. */
export function transcriptAs(format: TranscriptFormat, transcript: Transcript): string {
  if (format === 'srt') return transcriptAsSrt(transcript);
  return format === 'vtt' ? transcriptAsVtt(transcript) : transcriptAsText(transcript);
}
