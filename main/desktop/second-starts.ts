import { app } from 'electron';

/** The arguments of another start, and the folder it was made in. */
export type TakeStart = (argv: string[], folder: string) => void;

/**
 * Other starts beside this one, from the moment it has the lock: Electron keeps them for nobody. Gives
 * the function that takes them over, those so far included.
 */
export function keepSecondStarts(): (take: TakeStart) => void {
  const waiting: Parameters<TakeStart>[] = [];
  let receive: TakeStart = (...start) => void waiting.push(start);
  app.on('second-instance', (_event, argv, folder) => receive(argv, folder));
  return (take) => {
    receive = take;
    for (const start of waiting.splice(0)) take(...start);
  };
}
