import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { ClipLine } from '../../domain/clip-line';
import { shortTitle } from '../../domain/short-title';
import { uploadSummary } from './upload-summary';

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
  | {
      do:
        | 'upload'
        | 'start'
        | 'pause-uploads'
        | 'resume-uploads'
        | 'toggle-paused'
        | 'open'
        | 'quit';
    };

export type TrayItem =
  | { type: 'separator' }
  | { type: 'heading'; label: string }
  | { type: 'action'; label: string; action: TrayAction }
  | { type: 'check'; label: string; checked: boolean; action: TrayAction };

export interface TrayInput {
  lines: ClipLine[];
  uploads: UploadTotals;
  /** Accounts that wait for the user: a refused key, a missing permission, no credit. */
  accountsInTrouble: number;
  offline: boolean;
  paused: boolean;
  /** Whether there is an account at a service where work can be started. */
  canStart: boolean;
  /** Whether the desktop shows notifications: where it does not, new results are shown here. */
  notifications: boolean;
}

const MOST_ACTIVE = 10;
const MOST_RECENT = 5;

/** On Linux a menu that changes closes under the hand that opened it: it counts in larger steps. */
const MENU_PERCENT_STEP = 5;

/** What waits for the user; without notifications each new result does, since nothing told of it. */
function needsUser(line: ClipLine, notifications: boolean): boolean {
  return (
    line.stage === 'upload-failed' ||
    (line.unseen && (!notifications || ['failed', 'gone', 'unknown'].includes(line.stage)))
  );
}

function trayState(input: TrayInput, attention: number, active: number): TrayState {
  if (input.offline) return 'offline';
  if (attention > 0) return 'attention';
  // Pausing is about watching: uploads go on.
  const works = (active > 0 && !input.paused) || input.uploads.sending > 0;
  return works ? 'working' : 'idle';
}

function tooltip(
  t: Translator,
  state: TrayState,
  input: TrayInput,
  attention: number,
  active: ClipLine[],
): string {
  if (state === 'offline') return t.text('tray.tooltip.offline');
  if (state === 'attention') return t.text('tray.tooltip.attention', { count: attention });
  const uploads = uploadSummary(input.uploads, 1, t);
  if (uploads !== null) {
    const others = active.filter(({ upload }) => !upload || upload.state === 'sent').length;
    return others === 0
      ? uploads
      : `${uploads}, ${t.text('tray.uploads.others', { count: others })}`;
  }
  if (input.paused) return t.text('tray.tooltip.paused');
  if (state === 'idle') return t.text('tray.tooltip.idle');
  return t.text('tray.tooltip.working', { active: active.length });
}

/** That nobody is told of results, and how many wait; nothing where notifications are shown. */
function silenceItems(input: TrayInput, t: Translator): TrayItem[] {
  if (input.notifications) return [];
  const count = input.lines.filter(({ unseen }) => unseen).length;
  const items: TrayItem[] = [{ type: 'heading', label: t.text('tray.noNotifications') }];
  if (count > 0) {
    const label = t.text('menu.newResults', { count });
    items.push({ type: 'action', label, action: { do: 'open' } });
  }
  return [...items, { type: 'separator' }];
}

/** How the uploads stand, and the switch for all of them; nothing where there are none. */
function uploadItems(uploads: UploadTotals, t: Translator): TrayItem[] {
  const { paused } = uploads;
  const words = uploadSummary(uploads, MENU_PERCENT_STEP, t);
  const items: TrayItem[] = [];
  if (words !== null) {
    const label = t.text('menu.pauseUploads');
    items.push(
      { type: 'heading', label: words },
      { type: 'action', label, action: { do: 'pause-uploads' } },
    );
  }
  if (paused > 0) {
    const label = t.text('menu.resumeUploads');
    if (words === null) {
      items.push({ type: 'heading', label: t.text('tray.uploads.paused', { count: paused }) });
    }
    items.push({ type: 'action', label, action: { do: 'resume-uploads' } });
  }
  return items.length === 0 ? [] : [...items, { type: 'separator' }];
}

function startItems({ canStart }: TrayInput, t: Translator): TrayItem[] {
  if (!canStart) return [];
  return [{ type: 'action', label: t.text('menu.start'), action: { do: 'start' } }];
}

/** State, tooltip and menu of the tray, from what the windows show. */
export function trayModel(input: TrayInput, t: Translator): TrayModel {
  const active = input.lines.filter((line) => line.active);
  const waiting = input.lines.filter((line) => needsUser(line, input.notifications));
  const attention = waiting.length + input.accountsInTrouble;
  const recent = input.lines.filter(
    (line) => !line.active && ['done', 'failed', 'gone'].includes(line.stage),
  );
  const state = trayState(input, attention, active.length);
  const label = (line: ClipLine) =>
    t.text('menu.line', { title: shortTitle(line.title), stage: t.text(`stage.${line.stage}`) });

  const menu = [...silenceItems(input, t), ...uploadItems(input.uploads, t)];
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
    ...startItems(input, t),
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
  const words = tooltip(t, state, input, attention, active);
  const silence = input.notifications ? '' : `\n${t.text('tray.noNotifications')}`;
  return { state, tooltip: words + silence, menu };
}

/** Gives the model of what is shown. A poll that found nothing new costs none: the last one is given again. */
export function createTrayModel(t: Translator): (input: TrayInput) => TrayModel {
  let last: { input: TrayInput; model: TrayModel } | null = null;
  return (input) => {
    const before = last?.input;
    const names = Object.keys(input) as (keyof TrayInput)[];
    if (last === null || names.some((name) => input[name] !== before?.[name])) {
      last = { input, model: trayModel(input, t) };
    }
    return last.model;
  };
}
