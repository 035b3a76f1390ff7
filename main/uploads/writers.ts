import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** How long the event loop may be held up at a time. */
const MAX_TURN_MS = 4;
/** The access mode among the flags of an open file: 0 is reading only. `man 2 open` */
const ACCESS_MODE = 3;

/** A descriptor of a process, as a folder of /proc names it. */
interface Writer {
  process: string;
  descriptor: string;
}

/** Calls for one walk through all processes: what is asked during a walk waits for the next one. */
interface Walk {
  paths: Set<string>;
  found: Promise<Map<string, Writer>>;
}

/**
 * Tells whether a program has a file open for writing, where the system lets us see that: on Linux, for
 * programs of the same user. For all others the answer is the same as for a file that nobody writes.
 *
 * /proc has no disk behind it, so its calls return at once, and through Node's thread pool they would
 * take ten times as long. Nothing but links and flags are read: opening a descriptor's target could hang
 * with a network drive. `man 5 proc`
 */
export class Writers {
  readonly #proc: string | null;
  readonly #last = new Map<string, Writer>();
  #walking: Promise<unknown> = Promise.resolve();
  #next: Walk | null = null;

  /** `proc` is where the processes are; null where there is no such thing. */
  constructor(proc: string | null = process.platform === 'linux' ? '/proc' : null) {
    this.#proc = proc;
  }

  /** Whether a program is known to have the file open for writing. `path` is without links. */
  async has(path: string): Promise<boolean> {
    if (this.#proc === null) return false;
    const last = this.#last.get(path);
    if (last && this.#writes(last, path)) return true;
    this.#last.delete(path);
    this.#next ??= this.#walkLater();
    this.#next.paths.add(path);
    const writer = (await this.#next.found).get(path);
    if (writer) this.#last.set(path, writer);
    return writer !== undefined;
  }

  #walkLater(): Walk {
    const paths = new Set<string>();
    const found = this.#walking.then(() => {
      this.#next = null;
      return this.#walk(paths);
    });
    this.#walking = found;
    return { paths, found };
  }

  async #walk(paths: ReadonlySet<string>): Promise<Map<string, Writer>> {
    const found = new Map<string, Writer>();
    let turnEndsMs = performance.now() + MAX_TURN_MS;
    for (const process of names(`${this.#proc}`)) {
      if (!/^\d+$/.test(process)) continue;
      for (const descriptor of names(`${this.#proc}/${process}/fd`)) {
        const path = linkOf(`${this.#proc}/${process}/fd/${descriptor}`);
        const writer = { process, descriptor };
        if (path !== null && paths.has(path) && this.#writes(writer, path)) found.set(path, writer);
        if (performance.now() < turnEndsMs) continue;
        await setImmediate();
        turnEndsMs = performance.now() + MAX_TURN_MS;
      }
    }
    return found;
  }

  #writes({ process, descriptor }: Writer, path: string): boolean {
    if (linkOf(`${this.#proc}/${process}/fd/${descriptor}`) !== path) return false;
    try {
      const facts = readFileSync(`${this.#proc}/${process}/fdinfo/${descriptor}`, 'latin1');
      const flags = /^flags:\s*([0-7]+)/m.exec(facts)?.[1];
      return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE) !== 0;
    } catch {
      return false;
    }
  }
}

/** What is in a folder of /proc; nothing if it belongs to another user, or its process has ended. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
