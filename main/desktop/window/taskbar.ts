import type { UploadTotals } from '../../../preload/contract';
import type { Platform } from '../platform';
import { sentFraction } from '../tray/upload-summary';

/** What the taskbar or dock shows besides the window. */
export interface TaskbarDeps {
  platform: Platform;
  /** From 0 to 1; negative removes the bar. */
  setProgress: (fraction: number) => void;
  /** macOS: the number on the dock icon. */
  setBadge: (text: string) => void;
}

/** Keeps the taskbar in step with the uploads; unchanged figures are not sent again. */
export function createTaskbar({ platform, setProgress, setBadge }: TaskbarDeps) {
  let shown: number | null = null;
  return {
    show(uploads: UploadTotals): void {
      const fraction = sentFraction(uploads);
      // Whole percent: the shell repaints for each value.
      const value = fraction === null ? -1 : Math.floor(fraction * 100) / 100;
      if (value === shown) return;
      shown = value;
      setProgress(value);
      if (platform === 'darwin') setBadge(value < 0 ? '' : `${Math.floor(value * 100)}%`);
    },
    /** A new window shows no progress yet, so the next figures are sent even if they are the same. */
    forget(): void {
      shown = null;
    },
  };
}
