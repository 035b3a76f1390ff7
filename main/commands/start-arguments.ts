import { resolve } from 'node:path';

/** What the command line asks for. */
export interface StartArguments {
  /** Only the tray, no window: how the login starts us. */
  hidden: boolean;
  /** Absolute paths of files to upload; empty when none are named. */
  uploadPaths: string[];
}

/** Started by the login: no window, only the tray. */
export const HIDDEN_ARGUMENT = '--hidden';

/**
 * Reads `cliptray upload FILE…`. `argv` begins with the program; Chromium's own switches may stand
 * anywhere in it. Relative paths are taken from the folder the command was given in.
 */
export function parseStartArguments(argv: string[], folder: string): StartArguments {
  const [, ...given] = argv;
  const uploadAt = given.indexOf('upload');
  const files = uploadAt < 0 ? [] : given.slice(uploadAt + 1);
  return {
    hidden: given.includes(HIDDEN_ARGUMENT),
    uploadPaths: files
      .filter((argument) => argument !== '' && !argument.startsWith('--'))
      .map((path) => resolve(folder, path)),
  };
}
