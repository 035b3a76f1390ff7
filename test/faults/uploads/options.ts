import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UsageError } from '../../../scripts/lib/plain-error.mjs';

export interface Options {
  /** 20 kills, and each of the other faults once. */
  quick: boolean;
  /** Seeds all random choices; the machine's timing stays its own. */
  seed: number;
  /** Only the rows with this text in their names; with `trial`, only that trial of each. */
  only: string;
  trial: number | null;
}

export const usage = `npm run faults -- uploads [options]
  --quick       20 kills instead of 200, and each other fault once
  --seed=N      the same random choices as in another run
  --only=TEXT   only the rows with this text in their names
  --trial=N     only this trial of each row`;

/** Reads the command line. Throws when it makes no sense. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string' },
      only: { type: 'string', default: '' },
      trial: { type: 'string' },
    },
  });
  const number = (name: 'seed' | 'trial'): number | null => {
    const text = values[name];
    if (text === undefined) return null;
    if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} needs a number`);
    return Number(text);
  };
  return {
    quick: values.quick,
    seed: number('seed') ?? randomInt(2 ** 31),
    only: values.only,
    trial: number('trial'),
  };
}
