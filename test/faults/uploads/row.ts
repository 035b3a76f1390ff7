import type { Trial } from './trial';

/** A line of the table: one kind of fault, and the trials that inject it. */
export interface Row {
  name: string;
  /** Its trials mostly wait, and leave the machine to others. */
  waits?: true;
  /** Each is played with an uploader, a database and a simulator of its own. */
  trials: ((trial: Trial) => Promise<void>)[];
}

export type Play = Row['trials'][number];

/** A row whose trials differ only by chance; the short form has one of them. */
export function row(name: string, times: number, quick: boolean, play: Play): Row {
  return { name, trials: Array.from({ length: quick ? 1 : times }, () => play) };
}
