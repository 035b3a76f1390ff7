import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './channels';
import { type Bridge, type PatchMessage, type Place, VERBS } from './contract';

const LOCALE_ARGUMENT = '--cliptray-locale=';

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  // The event itself would hand the page a way back into ipcRenderer.
  const wrapped = (_event: unknown, value: T) => listener(value);
  ipcRenderer.on(channel, wrapped);
  return () => void ipcRenderer.off(channel, wrapped);
}

const bridge: Bridge = {
  run(verb, request) {
    if (!Object.hasOwn(VERBS, verb)) return Promise.reject(new Error('refused'));
    return ipcRenderer.invoke(CHANNELS.run, verb, request);
  },
  snapshot: () => ipcRenderer.invoke(CHANNELS.snapshot),
  onPatches: (listener) => listen<PatchMessage>(CHANNELS.patches, listener),
  onGoTo: (listener) => listen<Place>(CHANNELS.goTo, listener),
  pathOf: (file) => webUtils.getPathForFile(file),
  locale:
    process.argv
      .find((value) => value.startsWith(LOCALE_ARGUMENT))
      ?.slice(LOCALE_ARGUMENT.length) ?? 'en',
};

contextBridge.exposeInMainWorld('cliptray', bridge);
