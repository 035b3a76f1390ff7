/** What this machine offers. The window says what is missing, and what the app does instead. */
export interface Environment {
  platform: 'linux' | 'darwin' | 'win32';
  version: string;
  keychain: boolean;
  trayHost: boolean;
  notifications: boolean;
  /** The desktop is set to "do not disturb". */
  doNotDisturb: boolean;
  online: boolean;
  /** The system says that the user pays for the network by volume. */
  metered: boolean;
}
