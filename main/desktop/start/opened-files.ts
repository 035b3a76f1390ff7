import { app } from 'electron';

/**
 * Files that macOS opens with the app or drops on its dock icon. Must be called before the app is
 * ready: the files it was started with are reported then, and Electron keeps them for nobody
 * (https://www.electronjs.org/docs/latest/api/app#event-open-file-macos). Returns the function that
 * takes them over, those so far included.
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
