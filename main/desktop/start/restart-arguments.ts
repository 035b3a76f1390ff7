import { HIDDEN_ARGUMENT, type LaunchRequest } from './command-line';

/** Passed when the app is started again after a crash. */
export const AFTER_CRASH_ARGUMENT = '--after-crash';

const OWN_SWITCHES = [HIDDEN_ARGUMENT, AFTER_CRASH_ARGUMENT];

/** The words that `parseCommandLine` reads as this request. */
function wordsOf({ hidden, uploadPaths, importUrl, work }: LaunchRequest): string[] {
  if (importUrl !== null) return ['import', importUrl];
  // Behind `--`, since a path or a handle may begin with a dash.
  if (work !== null) return work.source === null ? ['start'] : ['--', 'start', work.source];
  if (uploadPaths !== null) return ['--', 'upload', ...uploadPaths];
  return hidden ? [HIDDEN_ARGUMENT] : [];
}

/**
 * The arguments that start the app again with another request, but with the app's folder
 * (`startsWithApp`, as for `parseCommandLine`) and Chromium's switches of this start.
 */
export function restartArguments(
  argv: string[],
  startsWithApp: boolean,
  request: LaunchRequest,
): string[] {
  const given = argv.slice(1);
  const end = given.indexOf('--');
  const own = end < 0 ? given : given.slice(0, end);
  const app = startsWithApp ? own.filter((argument) => !argument.startsWith('-')).slice(0, 1) : [];
  const switches = own.filter(
    (argument) => argument.startsWith('-') && !OWN_SWITCHES.includes(argument),
  );
  return [...app, ...switches, ...wordsOf(request)];
}
