import { app } from 'electron';
import { type DisplayServerFacts, usesWayland } from './display-server';

const ownFacts = (): DisplayServerFacts => ({
  platform: process.platform,
  env: process.env,
  switchValue: (name) => app.commandLine.getSwitchValue(name),
  electronVersion: process.versions.electron,
});

/** The X display that Electron uses, as in DISPLAY; null on Wayland. */
export function xDisplay(facts: DisplayServerFacts = ownFacts()): string | null {
  return usesWayland(facts) ? null : facts.env.DISPLAY || null;
}
