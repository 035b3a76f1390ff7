import { app } from 'electron';
import { type CommandLine, parseCommandLine } from './command-line';

export type OnSecondInstance = (commandLine: CommandLine) => void;

/**
 * Takes the lock that only one instance of the app can hold. False when another instance holds it;
 * that one is then told of this start, and does what it asks for.
 */
export function takeSingleInstanceLock(): boolean {
  return app.requestSingleInstanceLock();
}

/**
 * Collects the starts of further instances from the moment this one holds the lock, since Electron does
 * not store them. Returns the function that takes them over, including those so far. `startsWithApp` is
 * as for `parseCommandLine`.
 */
export function holdSecondInstances(startsWithApp: boolean): (take: OnSecondInstance) => void {
  const waiting: CommandLine[] = [];
  let receive: OnSecondInstance = (line) => void waiting.push(line);
  app.on('second-instance', (_event, argv, folder) =>
    receive(parseCommandLine(argv, folder, startsWithApp)),
  );
  return (take) => {
    receive = take;
    for (const line of waiting.splice(0)) take(line);
  };
}
