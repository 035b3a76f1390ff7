import { app } from 'electron';
import { type CommandLine, parseCommandLine } from './command-line';

export type OnSecondInstance = (commandLine: CommandLine) => void;

/**
 * Takes the lock that only one instance of the app can have. False when another has it: that one
 * learns of this start and takes over what it asks for.
 */
export function takeSingleInstanceLock(): boolean {
  return app.requestSingleInstanceLock();
}

/**
 * Collects the starts of further instances from the moment this one has the lock, since Electron keeps
 * them for nobody. Returns the function that takes them over, those so far included. `startsWithApp` is
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
