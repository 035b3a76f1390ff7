import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './channels';
import type { Bridge, PatchMessage, Route } from './contract';

const LOCALE_ARGUMENT = '--cliptray-locale=';

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  // The event is not passed on: it would give the page access to ipcRenderer.
  const wrapped = (_event: unknown, value: T) => listener(value);
  ipcRenderer.on(channel, wrapped);
  return () => void ipcRenderer.off(channel, wrapped);
}

/** Paths of files that the user dropped or main handed out: a page may upload no others. */
const handedOut = new Set<string>();

function namesOtherFiles(verb: string, request: unknown): boolean {
  if (verb !== 'uploads.add') return false;
  const { paths } = (request ?? {}) as { paths?: unknown };
  return !Array.isArray(paths) || !paths.every((path) => handedOut.has(path));
}

const bridge: Bridge = {
  run(verb, request) {
    // Main itself checks the verb and the rest of the request.
    if (namesOtherFiles(verb, request)) return Promise.reject(new Error('refused'));
    return ipcRenderer.invoke(CHANNELS.run, verb, request);
  },
  snapshot: () => ipcRenderer.invoke(CHANNELS.snapshot),
  onPatches: (listener) => listen<PatchMessage>(CHANNELS.patches, listener),
  onNavigate: (listener) =>
    listen<Route>(CHANNELS.navigate, (route) => {
      if (route.view === 'upload') for (const path of route.paths ?? []) handedOut.add(path);
      listener(route);
    }),
  pathOf(file) {
    const path = webUtils.getPathForFile(file);
    if (path) handedOut.add(path);
    return path;
  },
  locale:
    process.argv
      .find((value) => value.startsWith(LOCALE_ARGUMENT))
      ?.slice(LOCALE_ARGUMENT.length) ?? 'en',
};

contextBridge.exposeInMainWorld('cliptray', bridge);
