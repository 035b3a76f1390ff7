import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UsageError } from '../../../scripts/lib/plain-error.mjs';

export interface Options {
  kills: number;
  /** Seeds all random choices; the machine's timing stays its own. */
  seed: number;
}

const KILLS = 200;
const QUICK_KILLS = 20;
const MAX_KILLS = 10_000;

export const usage = `npm run faults -- watching [options]
  --quick     ${QUICK_KILLS} kills instead of ${KILLS}
  --kills=N   so many kills
  --seed=N    the same random choices as in another run`;

/** Reads the command line. Throws when it makes no sense. */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      kills: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const number = (name: 'kills' | 'seed'): number | null => {
    const text = values[name];
    if (text === undefined) return null;
    if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} needs a number`);
    return Number(text);
  };
  const kills = number('kills') ?? (values.quick ? QUICK_KILLS : KILLS);
  if (kills < 1 || kills > MAX_KILLS) throw new UsageError(`--kills is 1 to ${MAX_KILLS}`);
  return { kills, seed: number('seed') ?? randomInt(2 ** 31) };
}
