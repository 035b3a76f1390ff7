import { app } from 'electron';
import { type CommandLine, parseStartArguments } from '../commands/start-arguments';

export type TakeStart = (line: CommandLine) => void;

/**
 * Other starts beside this one, from the moment it has the lock: Electron keeps them for nobody. Gives
 * the function that takes them over, those so far included. `startsWithApp` is as for
 * `parseStartArguments`.
 */
export function keepSecondStarts(startsWithApp: boolean): (take: TakeStart) => void {
  const waiting: CommandLine[] = [];
  let receive: TakeStart = (line) => void waiting.push(line);
  app.on('second-instance', (_event, argv, folder) =>
    receive(parseStartArguments(argv, folder, startsWithApp)),
  );
  return (take) => {
    receive = take;
    for (const line of waiting.splice(0)) take(line);
  };
}
