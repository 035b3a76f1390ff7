import type { AccountView, ServiceView, UploadTotals } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { ClipLine } from '../../domain/clip-line';
import type { Environment } from '../../domain/environment';
import type { ChangeFeed } from '../../events';
import { createTrayModel, type TrayModel } from './tray-model';

/** Problems that only the user can solve: the tray asks for attention. */
const NEEDS_USER = new Set<AccountView['problem']>([
  'key-missing',
  'keychain-locked',
  'keychain-silent',
  'other-address',
  'key-refused',
  'scope-missing',
  'plan-suspended',
  'no-credit',
]);

export interface TrayUpdateDeps {
  feed: ChangeFeed;
  t: Translator;
  tray: { show(model: TrayModel): void; renew(): void };
  taskbar: { show(uploads: UploadTotals): void; forget(): void };
  /** The state that windows show. */
  view: () => {
    lines: ClipLine[];
    uploads: UploadTotals;
    accounts: AccountView[];
    services: Record<string, ServiceView>;
    environment: Environment;
    paused: boolean;
  };
}

/** Keeps tray and taskbar in step with the state that windows show. */
export function followAppState({ feed, t, tray, taskbar, view }: TrayUpdateDeps): void {
  const modelOf = createTrayModel(t);
  feed.on('appState', () => {
    const { lines, uploads, accounts, services, environment, paused } = view();
    const { online, notifications, storage } = environment;
    const accountsInTrouble = accounts.filter(({ problem }) => NEEDS_USER.has(problem)).length;
    const canStart = accounts.some(({ service }) => services[service]?.capabilities.executions);
    const input = { lines, uploads, accountsInTrouble, paused, notifications, storage, canStart };
    tray.show(modelOf({ ...input, offline: !online }));
    taskbar.show(uploads);
  });
  feed.on('windowOpened', taskbar.forget);
  feed.on('trayHost', tray.renew);
}
