import { describe, expect, it } from 'vitest';
import {
  checkDraft,
  checkSource,
  draftForm,
  newDraft,
  type StartDraft,
} from '../../../renderer/src/state/start-draft';
import { isYoutubeLink } from '../../../renderer/src/state/youtube-link';

const draft = (changes: Partial<StartDraft>): StartDraft => ({ ...newDraft(null), ...changes });

describe('a start that is being filled in', () => {
  it('says for each field what is missing, and sends nothing meanwhile', () => {
    expect(checkDraft(draft({ link: ' ' }))).toEqual({ problems: { link: 'empty' } });
    expect(checkDraft(draft({ from: 'item', hasText: true }))).toEqual({
      problems: { itemId: 'empty', text: 'empty' },
    });
    expect(checkDraft(draft({ kind: 'collection' }))).toEqual({
      problems: { reporterId: 'empty', collectionId: 'empty' },
    });
    expect(checkDraft(draft({ kind: 'schedule', reporterId: 'rep_1' }))).toEqual({
      problems: { scheduleId: 'empty' },
    });
  });

  it('accepts an id that was pasted with spaces around it', () => {
    const checked = checkDraft(
      draft({ kind: 'schedule', reporterId: ' rep_1 ', scheduleId: 'sch_1\n' }),
    );
    expect(checked).toEqual({
      form: { kind: 'schedule', reporterId: 'rep_1', scheduleId: 'sch_1' },
    });
  });

  it('leaves out a text that was removed, or it would be sent instead of the video’s words', () => {
    const link = 'https://www.youtube.com/watch?v=tides000001';
    const form = draftForm(draft({ link, text: 'My words', hasText: false }));
    expect(form).toMatchObject({ text: null, lang: null, item: { source: link } });
  });

  it('accepts a name for a reporter, and a link for either', () => {
    expect(newDraft('@harbour')).toMatchObject({ kind: 'source', source: '@harbour', link: '' });
    expect(newDraft('https://a.example/v')).toMatchObject({ kind: 'transcript' });
    expect(checkSource(' @harbour ')).toEqual({ source: '@harbour' });
    expect(checkSource('harbour')).toEqual({ problem: 'not-source' });
    expect(checkSource('https://me:secret@a.example/')).toEqual({ problem: 'has-password' });
  });
});

it('only links to YouTube are offered to both services', () => {
  const offered = ['https://youtu.be/tides000001', 'https://m.youtube.com/watch?v=tides000001'];
  const others = ['https://youtube.com.evil.example/watch?v=a', 'https://vimeo.com/1', 'no link'];
  expect([...offered, ...others].map(isYoutubeLink)).toEqual([true, true, false, false, false]);
});
