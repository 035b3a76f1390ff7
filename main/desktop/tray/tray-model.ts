import type { Translator } from '../../../preload/messages';
import { type TrayItem, trayMenu } from './tray-menu';
import { summarizeTray, type TrayInput, type TrayState } from './tray-state';
import { trayTooltip } from './tray-tooltip';

/** What the tray shows. */
export interface TrayModel {
  state: TrayState;
  tooltip: string;
  menu: TrayItem[];
}

/** State, tooltip and menu of the tray, from what the windows show. */
export function trayModel(input: TrayInput, t: Translator): TrayModel {
  const summary = summarizeTray(input);
  return {
    state: summary.state,
    tooltip: trayTooltip(input, summary, t),
    menu: trayMenu(input, summary, t),
  };
}

/** Returns a function that makes the model. For an equal input it returns the same model again. */
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
