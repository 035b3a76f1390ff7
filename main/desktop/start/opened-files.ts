import { app } from 'electron';

/**
 * Collects files that macOS opens with the app, or that are dropped on its dock icon. Must be called
 * before the app is ready: the files it was started with are reported then, and Electron does not
 * store them (https://www.electronjs.org/docs/latest/api/app#event-open-file-macos). Returns the
 * function that takes them over, including those so far.
 */
export function holdOpenedFiles(): (take: (paths: string[]) => void) => void {
  const waiting: string[] = [];
  let receive = (paths: string[]): void => void waiting.push(...paths);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    receive([path]);
  });
  return (take) => {
    receive = take;
    if (waiting.length > 0) take(waiting.splice(0));
  };
}
