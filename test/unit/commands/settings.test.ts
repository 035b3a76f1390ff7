import { expect, it } from 'vitest';
import { createSettingsCommands } from '../../../main/commands/settings';
import { StorageError } from '../../../main/domain/storage-error';

it('the system does not start the app at login when that choice could not be stored', () => {
  const set: boolean[] = [];
  const deps: Partial<Parameters<typeof createSettingsCommands>[0]> = {
    settings: {
      change() {
        throw new StorageError('full', 'database or disk is full');
      },
    },
    setLaunchAtLogin: (enabled) => void set.push(enabled),
  };
  const commands = createSettingsCommands(deps as Parameters<typeof createSettingsCommands>[0]);
  expect(() => commands['settings.change']({ launchAtLogin: true })).toThrow('full');
  expect(set).toEqual([true, false]);
});
