import { expect, it } from 'vitest';
import type { ExecutionStep, ExecutionView } from '../../../preload/contract';
import { createTranslator } from '../../../preload/messages';
import { coinsText } from '../../../renderer/src/state/coins';
import {
  outputKind,
  stepNote,
  stepTitle,
  stepTone,
} from '../../../renderer/src/state/execution-text';
import { languageName } from '../../../renderer/src/state/languages';

const t = createTranslator('en');

const step = (changes: Partial<ExecutionStep>): ExecutionStep => ({
  ...{ position: 2, name: null, toolId: null, remoteStatus: null, phase: null },
  ...{ input: null, output: null, failure: null, startedAtMs: null, endedAtMs: null },
  ...changes,
});

it('a step has the service’s name, and the service’s own words for a state stay', () => {
  expect(stepTitle(t, step({ name: 'Summary', toolId: 'summary_review' }))).toBe('Summary');
  expect(stepTitle(t, step({ toolId: 'summary_review' }))).toBe('summary_review');
  expect(stepTitle(t, step({}))).toBe('Step 2');
  expect(stepNote(t, step({ remoteStatus: 'skipped', phase: 'unknown' }), 0)).toBe(
    'Status “skipped”',
  );
  expect(stepTone(step({ phase: 'unknown' }))).toBe('attention');
});

it('the results of an execution are named after its subject, and there are none before it is done', () => {
  const run = (phase: ExecutionView['phase'], about: Partial<ExecutionView['about']>) =>
    ({ phase, about: { itemId: null, reporterId: null, ...about } }) as ExecutionView;
  expect(outputKind(run('running', { itemId: 'itm_1' }))).toBeNull();
  expect(outputKind(run('done', { itemId: 'itm_1' }))).toBe('transcript');
  expect(outputKind(run('done', { itemId: 'itm_1', reporterId: 'rep_1' }))).toBe('documents');
  expect(outputKind(run('done', {}))).toBe('documents');
});

it('a fee of a thousandth is not rounded to nothing', () => {
  expect(coinsText(t, 0.005)).toBe('0.005 coins');
});

it('a language that the service made up is shown as it came', () => {
  expect(languageName('en', 'pt')).toBe('Portuguese');
  expect(languageName('en', 'not a language')).toBe('not a language');
});
