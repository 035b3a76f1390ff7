import type { Translator } from '../../preload/messages';
import type { Line } from '../domain/line';
import { shortTitle } from './short-title';

export type TrayState = 'idle' | 'working' | 'attention' | 'offline';

/** What the tray makes visible. */
export interface TrayModel {
  state: TrayState;
  tooltip: string;
  menu: TrayItem[];
}

/** What clicking an entry does; `line` and `result` name what they open. */
export type TrayAction =
  | { do: 'line'; lineId: string }
  | { do: 'result'; jobId: string; lineId: string }
  | { do: 'upload' | 'toggle-paused' | 'open' | 'quit' };

export type TrayItem =
  | { type: 'separator' }
  | { type: 'heading'; label: string }
  | { type: 'action'; label: string; action: TrayAction }
  | { type: 'check'; label: string; checked: boolean; action: TrayAction };

export interface TrayInput {
  lines: Line[];
  /** Accounts that wait for the user: a refused key, a missing permission, no credit. */
  accountsInTrouble: number;
  offline: boolean;
  paused: boolean;
}

const MOST_ACTIVE = 10;
const MOST_RECENT = 5;

function needsUser(line: Line): boolean {
  return (
    line.stage === 'upload-failed' ||
    (line.unseen && ['failed', 'gone', 'unknown'].includes(line.stage))
  );
}

function trayState(input: TrayInput, attention: number, active: number): TrayState {
  if (input.offline) return 'offline';
  if (attention > 0) return 'attention';
  return active > 0 && !input.paused ? 'working' : 'idle';
}

function tooltip(
  t: Translator,
  state: TrayState,
  input: TrayInput,
  attention: number,
  active: Line[],
): string {
  if (state === 'offline') return t.text('tray.tooltip.offline');
  if (state === 'attention') return t.text('tray.tooltip.attention', { count: attention });
  if (input.paused) return t.text('tray.tooltip.paused');
  if (state === 'idle') return t.text('tray.tooltip.idle');
  const uploads = active.flatMap((line) =>
    line.upload && line.upload.state !== 'sent' ? [line.upload] : [],
  );
  const wholeBytes = uploads.reduce((sum, upload) => sum + upload.sizeBytes, 0);
  const sentBytes = uploads.reduce((sum, upload) => sum + upload.sentBytes, 0);
  return t.text('tray.tooltip.working', {
    active: active.length,
    uploads: uploads.length,
    percent: wholeBytes > 0 ? Math.floor((sentBytes / wholeBytes) * 100) : 0,
  });
}

/** State, tooltip and menu of the tray, from what the windows show. */
export function trayModel(input: TrayInput, t: Translator): TrayModel {
  const active = input.lines.filter((line) => line.active);
  const attention = input.lines.filter(needsUser).length + input.accountsInTrouble;
  const recent = input.lines.filter(
    (line) => !line.active && ['done', 'failed', 'gone'].includes(line.stage),
  );
  const state = trayState(input, attention, active.length);
  const label = (line: Line) =>
    t.text('menu.line', { title: shortTitle(line.title), stage: t.text(`stage.${line.stage}`) });

  const menu: TrayItem[] = [];
  if (active.length === 0) menu.push({ type: 'heading', label: t.text('menu.nothing') });
  else {
    menu.push({ type: 'heading', label: t.text('menu.inProgress') });
    for (const line of active.slice(0, MOST_ACTIVE)) {
      menu.push({ type: 'action', label: label(line), action: { do: 'line', lineId: line.id } });
    }
    if (active.length > MOST_ACTIVE) {
      const count = active.length - MOST_ACTIVE;
      menu.push({ type: 'action', label: t.text('menu.more', { count }), action: { do: 'open' } });
    }
  }
  if (recent.length > 0) {
    menu.push({ type: 'separator' }, { type: 'heading', label: t.text('menu.recent') });
    for (const line of recent.slice(0, MOST_RECENT)) {
      const { resultJobId } = line;
      menu.push({
        type: 'action',
        label: line.stage === 'done' ? shortTitle(line.title) : label(line),
        action:
          resultJobId === null
            ? { do: 'line', lineId: line.id }
            : { do: 'result', jobId: resultJobId, lineId: line.id },
      });
    }
  }
  menu.push(
    { type: 'separator' },
    { type: 'action', label: t.text('menu.upload'), action: { do: 'upload' } },
    {
      type: 'check',
      label: t.text('menu.pause'),
      checked: input.paused,
      action: { do: 'toggle-paused' },
    },
    { type: 'action', label: t.text('menu.open'), action: { do: 'open' } },
    { type: 'separator' },
    { type: 'action', label: t.text('menu.quit'), action: { do: 'quit' } },
  );
  return { state, tooltip: tooltip(t, state, input, attention, active), menu };
}
