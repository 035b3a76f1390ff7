import type { Platform } from '../platform';
import type { TrayState } from './tray-state';

/**
 * The icon's file for a state. macOS colours template images itself to match the menu bar. The
 * `Template` suffix alone would do, but a bundler may rename files.
 */
export function trayIconFile(
  platform: Platform,
  state: TrayState,
): { name: string; template: boolean } {
  return platform === 'darwin'
    ? { name: `${state}Template.png`, template: true }
    : { name: `${state}.png`, template: false };
}
