import type { UploadTotals } from '../../../preload/contract';
import type { ClipLine } from '../../domain/clip-line';
import type { StorageProblem } from '../../domain/storage-error';

/** Which icon the tray has. */
export type TrayState = 'idle' | 'working' | 'attention' | 'offline';

/** What the tray's icon, tooltip and menu are made of. */
export interface TrayInput {
  lines: ClipLine[];
  uploads: UploadTotals;
  /** Accounts that wait for the user: a refused key, a missing permission, no credit. */
  accountsInTrouble: number;
  offline: boolean;
  paused: boolean;
  /** Whether there is an account at a service where work can be started. */
  canStart: boolean;
  /** Whether the desktop shows notifications; if not, the tray shows new results. */
  notifications: boolean;
  /** Why nothing can be stored; null while all is well. */
  storage: StorageProblem | null;
}

/** A summary of the input: the active lines, and the icon's state. */
export interface TraySummary {
  state: TrayState;
  active: ClipLine[];
  /** Lines and accounts that wait for the user. */
  attention: number;
}

/** Whether a line waits for the user. Without notifications, each new result does too. */
function needsUser(line: ClipLine, notifications: boolean): boolean {
  return (
    line.stage === 'upload-failed' ||
    (line.unseen && (!notifications || ['failed', 'gone', 'unknown'].includes(line.stage)))
  );
}

function stateOf(input: TrayInput, attention: number, active: number): TrayState {
  // Until the user does something about it, nothing goes on.
  if (input.storage) return 'attention';
  if (input.offline) return 'offline';
  if (attention > 0) return 'attention';
  // `paused` stops polling only: uploads go on.
  const isWorking = (active > 0 && !input.paused) || input.uploads.sending > 0;
  return isWorking ? 'working' : 'idle';
}

/** Counts what is active and what needs the user, and chooses the icon's state. */
export function summarizeTray(input: TrayInput): TraySummary {
  const active = input.lines.filter((line) => line.active);
  const waiting = input.lines.filter((line) => needsUser(line, input.notifications)).length;
  const attention = waiting + input.accountsInTrouble;
  return { state: stateOf(input, attention, active.length), active, attention };
}
