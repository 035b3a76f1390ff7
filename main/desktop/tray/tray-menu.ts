import type { UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { ClipLine } from '../../domain/clip-line';
import { shortTitle } from '../../domain/short-title';
import type { TrayInput, TraySummary } from './tray-state';
import { uploadSummary } from './upload-summary';

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

const MAX_ACTIVE = 10;
const MAX_RECENT = 5;

/** On Linux an open menu closes whenever it changes, so it shows progress in larger steps. */
const PERCENT_STEP = 5;

const action = (label: string, what: TrayAction): TrayItem => ({
  type: 'action',
  label,
  action: what,
});
const heading = (label: string): TrayItem => ({ type: 'heading', label });
const separator: TrayItem = { type: 'separator' };

function lineLabel(line: ClipLine, t: Translator): string {
  return t.text('menu.line', {
    title: shortTitle(line.title),
    stage: t.text(`stage.${line.stage}`),
  });
}

/** Where the desktop shows no notifications: a note of that, and how many results are new. */
function newResultItems(input: TrayInput, t: Translator): TrayItem[] {
  if (input.notifications) return [];
  const count = input.lines.filter(({ unseen }) => unseen).length;
  const items = [heading(t.text('tray.noNotifications'))];
  if (count > 0) items.push(action(t.text('menu.newResults', { count }), { do: 'open' }));
  return [...items, separator];
}

/** Why nothing can be stored; nothing while all is well. */
function storageItems({ storage }: TrayInput, t: Translator): TrayItem[] {
  if (!storage) return [];
  return [action(t.text(`storage.${storage}`), { do: 'open' }), separator];
}

/** The state of the uploads, with pause or resume for all of them; nothing when there are none. */
function uploadItems(uploads: UploadTotals, t: Translator): TrayItem[] {
  const { paused } = uploads;
  const summary = uploadSummary(uploads, PERCENT_STEP, t);
  const items: TrayItem[] = [];
  if (summary !== null) {
    items.push(heading(summary), action(t.text('menu.pauseUploads'), { do: 'pause-uploads' }));
  }
  if (paused > 0) {
    if (summary === null) items.push(heading(t.text('tray.uploads.paused', { count: paused })));
    items.push(action(t.text('menu.resumeUploads'), { do: 'resume-uploads' }));
  }
  return items.length === 0 ? [] : [...items, separator];
}

function activeItems(active: ClipLine[], t: Translator): TrayItem[] {
  if (active.length === 0) return [heading(t.text('menu.nothing'))];
  const items = [heading(t.text('menu.inProgress'))];
  for (const line of active.slice(0, MAX_ACTIVE)) {
    items.push(action(lineLabel(line, t), { do: 'line', lineId: line.id }));
  }
  if (active.length > MAX_ACTIVE) {
    items.push(action(t.text('menu.more', { count: active.length - MAX_ACTIVE }), { do: 'open' }));
  }
  return items;
}

function recentItems(lines: ClipLine[], t: Translator): TrayItem[] {
  const recent = lines.filter(
    (line) => !line.active && ['done', 'failed', 'gone'].includes(line.stage),
  );
  if (recent.length === 0) return [];
  const items = recent.slice(0, MAX_RECENT).map((line) => {
    const { resultJobId } = line;
    return action(
      line.stage === 'done' ? shortTitle(line.title) : lineLabel(line, t),
      resultJobId === null
        ? { do: 'line', lineId: line.id }
        : { do: 'result', jobId: resultJobId, lineId: line.id },
    );
  });
  return [separator, heading(t.text('menu.recent')), ...items];
}

/** The entries of the tray's menu, from what the windows show. */
export function trayMenu(input: TrayInput, { active }: TraySummary, t: Translator): TrayItem[] {
  return [
    ...storageItems(input, t),
    ...newResultItems(input, t),
    ...uploadItems(input.uploads, t),
    ...activeItems(active, t),
    ...recentItems(input.lines, t),
    separator,
    action(t.text('menu.upload'), { do: 'upload' }),
    ...(input.canStart ? [action(t.text('menu.start'), { do: 'start' })] : []),
    {
      type: 'check',
      label: t.text('menu.pause'),
      checked: input.paused,
      action: { do: 'toggle-paused' },
    },
    action(t.text('menu.open'), { do: 'open' }),
    separator,
    action(t.text('menu.quit'), { do: 'quit' }),
  ];
}
