import { expect, test } from '../desktop/fixtures';

test('without a bus, the terminal shows the app’s warning and not a dozen of Chromium’s', async ({
  launchApp,
}) => {
  const app = await launchApp({
    env: {
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere/bus',
    },
  });
  await app.window();
  await expect.poll(() => app.output).toContain('no D-Bus connection');
  const lines = app.output.split('\n');
  expect(lines.filter((line) => line.includes('no D-Bus connection bus=session'))).toHaveLength(1);
  // A part of Chromium may have tried before the first line of the app ran.
  expect(lines.filter((line) => line.includes(':ERROR:')).length).toBeLessThan(4);
});
