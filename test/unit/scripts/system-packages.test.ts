import { expect, test } from 'vitest';
import { installedNames } from '../../../scripts/lib/system-packages.mjs';

test('a package that was removed, or is only known by name, gets installed', () => {
  const list = [
    'xvfb installed',
    'openbox config-files',
    'dunst not-installed',
    'dpkg-query: no packages found matching libasound2t64',
    '',
  ].join('\n');
  expect([...installedNames(list)]).toEqual(['xvfb']);
});
