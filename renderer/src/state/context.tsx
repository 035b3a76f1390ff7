import { createContext, type ReactNode, useContext } from 'react';
import type { AppState, Bridge } from '../../../preload/contract';
import type { Translator } from '../../../preload/messages';
import type { Actions } from './actions';
import { type Observable, useSelected } from './observable';
import type { WindowState, WindowStateStore } from './window-state';

/** What every component can reach. */
export interface Cliptray {
  bridge: Bridge;
  app: Observable<AppState | null>;
  window: WindowStateStore;
  actions: Actions;
  t: Translator;
}

export const CliptrayContext = createContext<Cliptray | null>(null);

export function CliptrayProvider({ value, children }: { value: Cliptray; children: ReactNode }) {
  return <CliptrayContext value={value}>{children}</CliptrayContext>;
}

/** What every component can reach. Throws outside the provider. */
export function useCliptray(): Cliptray {
  const value = useContext(CliptrayContext);
  if (!value) throw new Error('A component was rendered outside CliptrayProvider');
  return value;
}

/** A selection of main's state. Only below the root component, which waits for the first snapshot. */
export function useAppState<S>(select: (state: AppState) => S): S {
  const { app } = useCliptray();
  return useSelected(app, (state) => {
    if (!state) throw new Error('A component was rendered before the first snapshot');
    return select(state);
  });
}

/** A selection of this window's own state. */
export function useWindowState<S>(select: (state: WindowState) => S): S {
  return useSelected(useCliptray().window, select);
}

/** Formats text, numbers and times in the user's language. */
export function useTranslator(): Translator {
  return useCliptray().t;
}

/** A service's name; a neutral word for an unknown one. */
export function useServiceName(serviceId: string | null | undefined): string {
  const t = useTranslator();
  return (
    useAppState((state) => (serviceId ? state.services[serviceId]?.name : undefined)) ??
    t.text('service.generic')
  );
}
