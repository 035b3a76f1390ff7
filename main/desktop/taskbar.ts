import type { Line } from '../domain/line';
import type { Platform } from './tray-platform';

/** What the taskbar or dock shows besides the window. */
export interface TaskbarParts {
  platform: Platform;
  /** From 0 to 1; negative takes the bar away. */
  setProgress: (fraction: number) => void;
  /** macOS: the number on the dock icon. */
  setBadge: (text: string) => void;
}

/** Share of all running uploads that is sent, or null when none runs. */
export function uploadFraction(lines: Line[]): number | null {
  let wholeBytes = 0;
  let sentBytes = 0;
  for (const { upload } of lines) {
    if (!upload || !['sending', 'finishing', 'queued'].includes(upload.state)) continue;
    wholeBytes += upload.sizeBytes;
    sentBytes += upload.sentBytes;
  }
  return wholeBytes === 0 ? null : sentBytes / wholeBytes;
}

/** Keeps the taskbar in step with the uploads; unchanged figures are not sent again. */
export function createTaskbar({ platform, setProgress, setBadge }: TaskbarParts) {
  let shown: number | null = null;
  return {
    show(lines: Line[]): void {
      const fraction = uploadFraction(lines);
      // Whole percents: the shell repaints for each value.
      const value = fraction === null ? -1 : Math.floor(fraction * 100) / 100;
      if (value === shown) return;
      shown = value;
      setProgress(value);
      if (platform === 'darwin') setBadge(value < 0 ? '' : `${Math.floor(value * 100)}%`);
    },
    /** A new window knows nothing of what was shown. */
    forget(): void {
      shown = null;
    },
  };
}
