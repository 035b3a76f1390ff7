import { expect, it } from 'vitest';
import { videoFilters } from '../../../main/desktop/dialogs/video-filters';
import { createTranslator } from '../../../preload/messages';

const [videos, all] = videoFilters(createTranslator('en'));

it('what is taken when it is dropped can be chosen too, in small letters or capitals', () => {
  const taken =
    'mp4 m4v mov qt 3gp 3g2 f4v webm mkv avi mpg mpeg mpe m2v vob ts mts m2ts ogv ogm wmv asf flv MP4 MTS';
  expect(videos?.extensions).toEqual(expect.arrayContaining(taken.split(' ')));
});

it('every other file can be reached: a video may have any name', () => {
  expect(all).toEqual({ name: 'All files', extensions: ['*'] });
});
