import { app } from 'electron';
import { type CommandLine, parseCommandLine } from './command-line';

export type OnSecondInstance = (line: CommandLine) => void;

/**
 * Other starts beside this one, from the moment it has the lock: Electron keeps them for nobody. Gives
 * the function that takes them over, those so far included. `startsWithApp` is as for
 * `parseStartArguments`.
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
