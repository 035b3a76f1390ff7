/** What this machine offers; `false` is always said in the window, with what is done instead. */
export interface Environment {
  platform: 'linux' | 'darwin' | 'win32';
  version: string;
  keychain: boolean;
  trayHost: boolean;
  notifications: boolean;
  /** The desktop asks not to be disturbed just now. */
  doNotDisturb: boolean;
  online: boolean;
  /** The system says that the network is paid by use. */
  metered: boolean;
}
