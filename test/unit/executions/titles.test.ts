import { expect, it } from 'vitest';
import { titleOfSource } from '../../../main/executions/titles';

it('a source is named by its address, without what may be an access token', () => {
  expect(titleOfSource('https://youtu.be/tides000001?si=shared')).toBe(
    'https://www.youtube.com/watch?v=tides000001',
  );
  expect(titleOfSource('https://videos.example/a/My%20talk.mp4?sig=secret')).toBe('My talk');
  expect(titleOfSource('@harbour')).toBe('@harbour');
});
