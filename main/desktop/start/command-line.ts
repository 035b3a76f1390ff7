import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceOf } from '../../domain/execution-source';
import { importableUrl } from '../../domain/import-url';

/** What a start of the app asks for: the first one, or a second beside the running app. */
export interface LaunchRequest {
  /** Only the tray, no window: how the app starts at login. */
  hidden: boolean;
  /** Absolute paths of files and folders to upload; empty to let the user choose; null for no upload. */
  uploadPaths: string[] | null;
  /** The address of a video that a service is to fetch, or null. */
  importUrl: string | null;
  /** Work to start on a link or a handle; null when no such work is requested. */
  work: { source: string | null } | null;
}

/** Why a command line is not followed. */
type ArgumentProblem = 'unknown-word' | 'no-file' | 'no-url' | 'no-source' | 'too-many';

/** A parsed command line. */
export type CommandLine =
  | { wants: 'start'; start: LaunchRequest }
  | { wants: 'help' | 'version' }
  | {
      wants: 'nothing';
      problem: ArgumentProblem;
      /** The wrong argument; empty when the problem is not a single argument. */
      word: string;
      /** Another program opened files with the app: there is no terminal to show an answer in. */
      opened: boolean;
    };

/** Passed when the app starts at login: no window, only the tray. */
export const HIDDEN_ARGUMENT = '--hidden';

/** As many files as one call of `uploads.add` takes. */
const MAX_PATHS = 1000;

/**
 * All arguments together, in bytes. Electron hands them to the running app in one message; before
 * 2026-08 it cut that at 32 KiB or killed the app it was meant for (electron#52628). Windows has no
 * longer command lines either.
 */
const MAX_BYTES = 28_000;

const FILE_URL = /^file:/i;
const ANY_URL = /^[a-z][a-z0-9+.-]+:/i;

/** Null when it names no local file: a remote host, a broken encoding, a character no path can have. */
function pathOf(word: string, folder: string): string | null {
  if (word === '') return null;
  if (!FILE_URL.test(word)) return resolve(folder, word);
  try {
    const { hostname, href } = new URL(word);
    if (hostname !== '' && hostname !== 'localhost') return null;
    const path = fileURLToPath(href.replace(/^file:\/\/localhost\//i, 'file:///'));
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** The words of a command line, and its switches. */
function wordsOf(given: string[]): { words: string[]; switches: Set<string> } {
  const words: string[] = [];
  const switches = new Set<string>();
  const end = given.indexOf('--');
  given.forEach((argument, index) => {
    if (index === end) return;
    // Chromium's own switches, and what the system adds (`-psn_0_1234` on macOS), are not files.
    const isSwitch = argument.startsWith('-') && (end < 0 || index < end);
    if (isSwitch) switches.add(argument);
    else words.push(argument);
  });
  return { words, switches };
}

/**
 * Reads a command line: `upload FILE…`, `import URL`, `start [LINK]`, or absolute paths and file URLs alone, as file
 * managers open files with us. `argv` begins with the program, and with the app's folder behind it
 * when `startsWithApp`, as in `electron FOLDER`. Chromium's own switches may stand anywhere up to
 * `--`; it moves them to the front when it passes on a second start. Relative paths are resolved
 * against `folder`.
 */
export function parseCommandLine(
  argv: string[],
  folder: string,
  startsWithApp: boolean,
): CommandLine {
  const { words, switches } = wordsOf(argv.slice(1));
  if (startsWithApp) words.shift();
  if (switches.has('--help') || switches.has('-h')) return { wants: 'help' };
  if (switches.has('--version')) return { wants: 'version' };

  const [first, ...rest] = words;
  const isVerb = first === 'upload' || first === 'import' || first === 'start';
  const nothing = (problem: ArgumentProblem, word = ''): CommandLine => ({
    wants: 'nothing',
    problem,
    word,
    opened: !isVerb && words.some((one) => isAbsolute(one) || ANY_URL.test(one)),
  });
  const start = (request: Partial<LaunchRequest>): CommandLine => ({
    wants: 'start',
    start: {
      hidden: switches.has(HIDDEN_ARGUMENT),
      uploadPaths: null,
      importUrl: null,
      work: null,
      ...request,
    },
  });
  if (words.length > MAX_PATHS || Buffer.byteLength(argv.join('\0')) > MAX_BYTES) {
    return nothing('too-many');
  }

  function upload(files: string[]): CommandLine {
    const paths: string[] = [];
    for (const file of files) {
      const path = pathOf(file, folder);
      if (path === null) return nothing('no-file', file);
      paths.push(path);
    }
    return start({ uploadPaths: paths });
  }

  if (first === undefined) return start({});
  if (first === 'upload') return upload(rest);
  if (first === 'import') {
    const url = rest.length === 1 ? importableUrl(rest[0] ?? '') : null;
    return url === null ? nothing('no-url', rest[0]) : start({ importUrl: url });
  }
  if (first === 'start') {
    if (rest.length === 0) return start({ work: { source: null } });
    const source = rest.length === 1 ? sourceOf(rest[0] ?? '') : null;
    return source === null ? nothing('no-source', rest[0]) : start({ work: { source } });
  }
  // A misspelt verb must not be taken for the name of a file.
  const stray = words.find((word) => !isAbsolute(word) && !FILE_URL.test(word));
  return stray === undefined ? upload(words) : nothing('unknown-word', stray);
}
