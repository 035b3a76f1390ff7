import { UsageError } from '../../scripts/lib/plain-error.mjs';
import type { ClockMode } from './clock';

export interface Options {
  clock: ClockMode;
  speed: number;
  /** The first of four consecutive ports; 0 for any free ones. */
  port: number;
  shapes: [name: string, value: string][];
  startMs?: number;
  seed?: number;
  /** Keep no part bytes. */
  sink: boolean;
  exitWithParent: boolean;
}

export const usage = `npm run simulator -- [options]
  --clock real|manual   manual stands still until the control API moves it (real)
  --speed N             how much faster than real time a real clock runs (1)
  --start ISO-DATE      what the clock says at the start (now)
  --port BASE           four ports from here: Autoposting, Clipping, storage, control (any free)
  --shape NAME=VALUE    choose an answer shape; may be repeated (see shapes.ts)
  --seed N              repeatable ids and keys
  --sink                hash uploaded parts and keep no bytes
  --exit-with-parent    end when standard input closes`;

/** Reads the command line. Throws, with a message for the user, when it makes no sense. */
export function parseOptions(argv: string[]): Options {
  const options: Options = {
    clock: 'real',
    speed: 1,
    port: 0,
    shapes: [],
    sink: false,
    exitWithParent: false,
  };
  const rest = [...argv];
  const value = (name: string) => {
    const next = rest.shift();
    if (next === undefined) throw new UsageError(`${name} needs a value`);
    return next;
  };
  const number = (name: string) => {
    const parsed = Number(value(name));
    if (!Number.isFinite(parsed)) throw new UsageError(`${name} needs a number`);
    return parsed;
  };
  const set: Record<string, (name: string) => void> = {
    '--clock': (name) => {
      options.clock = clockMode(value(name));
    },
    '--speed': (name) => {
      options.speed = number(name);
    },
    '--start': (name) => {
      options.startMs = date(value(name));
    },
    '--port': (name) => {
      options.port = number(name);
    },
    '--shape': (name) => options.shapes.push(shape(value(name))),
    '--seed': (name) => {
      options.seed = number(name);
    },
    '--sink': () => {
      options.sink = true;
    },
    '--exit-with-parent': () => {
      options.exitWithParent = true;
    },
  };
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const setOption = Object.hasOwn(set, name) ? set[name] : undefined;
    if (!setOption) throw new UsageError(`The simulator does not know "${name}".\n\n${usage}`);
    setOption(name);
  }
  return options;
}

function clockMode(word: string): ClockMode {
  if (word !== 'real' && word !== 'manual') throw new UsageError('--clock is real or manual');
  return word;
}

function date(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new UsageError('--start needs a date');
  return ms;
}

function shape(text: string): [name: string, value: string] {
  const [name, value] = text.split('=');
  if (!name || !value) throw new UsageError('--shape needs NAME=VALUE');
  return [name, value];
}
