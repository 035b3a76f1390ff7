/**
 * Well-known names of the desktop services on the session bus whose absence Electron does not report
 * (electron#5872).
 */
export const TRAY_HOST = 'org.kde.StatusNotifierWatcher';
export const NOTIFICATION_DAEMON = 'org.freedesktop.Notifications';
