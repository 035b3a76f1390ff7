import type { ClockMode } from './clock';

export interface Options {
  clock: ClockMode;
  speed: number;
  /** First of four ports in a row; 0 for any free ones. */
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

/** Reads the command line. Throws with a sentence when it does not make sense. */
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
    if (next === undefined) throw new Error(`${name} needs a value`);
    return next;
  };
  const number = (name: string) => {
    const parsed = Number(value(name));
    if (!Number.isFinite(parsed)) throw new Error(`${name} needs a number`);
    return parsed;
  };
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '--clock') {
      const mode = value(name);
      if (mode !== 'real' && mode !== 'manual') throw new Error('--clock is real or manual');
      options.clock = mode;
    } else if (name === '--speed') options.speed = number(name);
    else if (name === '--port') options.port = number(name);
    else if (name === '--seed') options.seed = number(name);
    else if (name === '--start') {
      options.startMs = Date.parse(value(name));
      if (Number.isNaN(options.startMs)) throw new Error('--start needs a date');
    } else if (name === '--shape') {
      const [shape, chosen] = value(name).split('=');
      if (!shape || !chosen) throw new Error('--shape needs NAME=VALUE');
      options.shapes.push([shape, chosen]);
    } else if (name === '--sink') options.sink = true;
    else if (name === '--exit-with-parent') options.exitWithParent = true;
    else throw new Error(`unknown option ${name}\n${usage}`);
  }
  return options;
}
