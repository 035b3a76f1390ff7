import { describe, expect, it } from 'vitest';
import {
  type Segment,
  type Transcript,
  transcriptAs,
  transcriptAsSrt,
  transcriptAsText,
  transcriptAsVtt,
} from '../../../main/domain/transcript';

const of = (...segments: Segment[]): Transcript => ({
  itemId: 'itm_1',
  lang: 'pt',
  text: '',
  segments,
  cut: false,
});
const at = (startMs: number, endMs: number | null, text: string): Segment => ({
  startMs,
  endMs,
  text,
});

describe('a transcript is saved', () => {
  it('as SRT that players can read: numbered, with commas, also beyond 99 hours', () => {
    const long = 100 * 3_600_000 + 61_005;
    expect(transcriptAsSrt(of(at(0, 4_200, 'Olá.'), at(long, long + 1_000, 'Tchau.')))).toBe(
      '1\n00:00:00,000 --> 00:00:04,200\nOlá.\n\n2\n100:01:01,005 --> 100:01:02,005\nTchau.\n',
    );
  });

  it('as VTT whose text cannot become markup or times', () => {
    expect(transcriptAsVtt(of(at(0, 1_000, 'a --> b <i>&amp;</i>')))).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na --&gt; b &lt;i&gt;&amp;amp;&lt;/i&gt;\n',
    );
  });

  it('as text, in the service’s own form where there is one', () => {
    const transcript = of(at(0, 1, 'Um.'), at(1, 2, ' '), at(2, 3, 'Dois.'));
    expect(transcriptAsText(transcript)).toBe('Um.\nDois.\n');
    expect(transcriptAsText({ ...transcript, text: 'Um. Dois.' })).toBe('Um. Dois.\n');
  });

  it.each<[string, Segment[], string[]]>([
    [
      'overlapping',
      [at(0, 10_000, 'a'), at(5_000, 8_000, 'b')],
      ['00:00 00:05 a', '00:05 00:08 b'],
    ],
    [
      'out of order',
      [at(5_000, 6_000, 'b'), at(0, 1_000, 'a')],
      ['00:00 00:01 a', '00:05 00:06 b'],
    ],
    [
      'without an end',
      [at(0, null, 'a'), at(9_000, null, 'b')],
      ['00:00 00:02 a', '00:09 00:11 b'],
    ],
    ['ending before they begin', [at(5_000, 1_000, 'a')], ['00:05 00:07 a']],
    ['beginning together', [at(0, 1_000, 'a'), at(0, 3_000, 'b')], ['00:00 00:03 a|b']],
    ['empty', [at(0, 1_000, ' \n '), at(1_000, 2_000, 'b')], ['00:01 00:02 b']],
    ['before the beginning', [at(-500, 1_000, 'a')], ['00:00 00:01 a']],
    ['of several paragraphs', [at(0, 1_000, 'a\r\n\r\nb')], ['00:00 00:01 a|b']],
  ])('with %s segments in order, one after the other', (_name, segments, wanted) => {
    const cues = transcriptAsSrt(of(...segments))
      .trimEnd()
      .split('\n\n')
      .map((cue) => {
        const [, times = '', ...lines] = cue.split('\n');
        const [from, to] = times.split(' --> ').map((time) => time.slice(3, 8));
        return `${from} ${to} ${lines.join('|')}`;
      });
    expect(cues).toEqual(wanted);
  });

  it('without segments as an empty file, and not as a broken one', () => {
    expect(transcriptAs('srt', of())).toBe('');
    expect(transcriptAs('vtt', of())).toBe('WEBVTT\n');
    expect(transcriptAs('txt', of())).toBe('\n');
  });
});
