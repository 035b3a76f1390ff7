import type { Translator } from '../../../preload/messages';
import type { TrayInput, TraySummary } from './tray-state';
import { uploadSummary } from './upload-summary';

function mainText(input: TrayInput, { state, active, attention }: TraySummary, t: Translator) {
  if (input.storage) return t.text('storage.tray', { problem: t.text(`storage.${input.storage}`) });
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

/** The text that is shown when the pointer rests on the tray icon. */
export function trayTooltip(input: TrayInput, summary: TraySummary, t: Translator): string {
  const note = input.notifications ? '' : `\n${t.text('tray.noNotifications')}`;
  return mainText(input, summary, t) + note;
}
