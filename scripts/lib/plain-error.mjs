/**
 * A failure whose message is meant for the person at the terminal: it is printed without a stack.
 */
export class PlainError extends Error {}

/** The command line makes no sense: as a {@link PlainError}, with exit code 2. */
export class UsageError extends PlainError {}

/** What went wrong with a file or folder, and what helps. */
/** @type {Record<string, (path: string) => string>} */
const fileFailures = {
  ENOSPC: (path) => `The disk is full${at(path)}. Free some space, then start again.`,
  EDQUOT: (path) =>
    `Your quota on the disk is used up${at(path)}. Free some space, then start again.`,
  EROFS: (path) => `Nothing can be written${at(path)}: the file system is read-only.`,
  EACCES: (path) => `Permission denied${at(path)}. It may belong to another user.`,
  EPERM: (path) => `Not permitted${at(path)}. It may belong to another user.`,
  ENOENT: (path) => `This is missing: ${path || 'a file or folder'}`,
  ENOTDIR: (path) => `A file stands where a folder is needed${at(path)}.`,
  EISDIR: (path) => `A folder stands where a file is needed${at(path)}.`,
  EEXIST: (path) => `Something else stands in the way${at(path)}.`,
  EIO: (path) => `The disk reports an error${at(path)}.`,
  EMFILE: () => 'Too many files are open. Close some programs, or raise the limit (ulimit -n).',
  ENFILE: () => 'Too many files are open on this computer. Close some programs.',
  EADDRINUSE: () => 'The port is in use by another program. Choose another one.',
};

/** @param {string} path */
function at(path) {
  return path ? `: ${path}` : '';
}

/**
 * What an error says to the person at the terminal, if it is of a kind that is nobody's mistake in the
 * code: one that was thrown for that person, a full or read-only disk, a program that is not installed,
 * an option that does not exist.
 * @param {unknown} error
 * @returns {{ text: string, code: number } | undefined} Undefined: the stack is needed.
 */
export function plainly(error) {
  if (error instanceof PlainError) {
    return { text: error.message, code: error instanceof UsageError ? 2 : 1 };
  }
  if (!(error instanceof Error)) return undefined;
  const failure = /** @type {NodeJS.ErrnoException & { dest?: string }} */ (error);
  const { code = '', syscall = '' } = failure;
  // Of a copy, the path is what was read.
  const path = failure.dest ?? failure.path ?? '';
  if (String(code).startsWith('ERR_PARSE_ARGS_')) {
    // What follows is advice on how to pass the option as a file name.
    return { text: `${error.message.split('. ')[0]}. --help lists the options.`, code: 2 };
  }
  if (syscall.startsWith('spawn') && code === 'ENOENT') {
    return { text: notInstalled(path || syscall.replace(/^spawn\w* */, '')), code: 1 };
  }
  const text = fileFailures[code]?.(path);
  // Our own code may ask for what was never there: without a path that is no help to anybody.
  return text === undefined || (code === 'ENOENT' && !path) ? undefined : { text, code: 1 };
}

/** @param {string} program */
function notInstalled(program) {
  return `${program} is not installed, or not on the PATH.`;
}
