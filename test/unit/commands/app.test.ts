import { describe, expect, it } from 'vitest';
import { type AppCommandDeps, createAppCommands } from '../../../main/commands/app';

describe('quitting', () => {
  const quitAfter = async (answer: boolean) => {
    let quits = 0;
    // The verb touches nothing else of the app.
    const parts = { confirmQuit: async () => answer, quit: () => void quits++ } as AppCommandDeps;
    await createAppCommands(parts)['app.quit']();
    return quits;
  };

  it('ends the app unless the user chose to keep it running', async () => {
    expect(await quitAfter(true)).toBe(1);
    expect(await quitAfter(false)).toBe(0);
  });
});
