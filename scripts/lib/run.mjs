import { spawn } from 'node:child_process';

/**
 * A failure whose message is meant for the person at the terminal: it is printed without a stack.
 */
export class PlainError extends Error {}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment of the child, not an addition to ours.
 * @property {number} [timeoutMs] After this the child's process group is killed and the run counts as failed.
 * @property {boolean} [quiet] Keep the output instead of showing it.
 */

/**
 * Runs a command to its end. The child has no standard input, so nothing can stop to ask a question.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is empty unless `quiet`. A command
 *   that cannot be started, was killed or ran out of time has a code other than 0.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    // A process group of its own only where it may have to be killed: otherwise Ctrl+C must reach
    // it.
    const ownGroup = options.timeoutMs !== undefined && process.platform !== 'win32';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
      detached: ownGroup,
    });
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const stop = () => (ownGroup ? killGroup(child.pid) : child.kill());
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(stop, options.timeoutMs);
    process.once('exit', stop);
    /** @param {number} code */
    const end = (code) => {
      clearTimeout(timer);
      process.off('exit', stop);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Kills the leader of a process group and all it started.
 * @param {number | undefined} pid Of a child started with `detached: true`.
 */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/**
 * How to start npm: the same one that runs us when there is one.
 * @param {string[]} args
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return { command: process.execPath, args: [cli, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

/**
 * Runs a script's main function: a {@link PlainError} prints its message, anything else its stack,
 * and both end with exit code 1.
 * @param {() => Promise<number | void>} main Its number is the exit code.
 */
export async function runMain(main) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Without a handler `exit` listeners do not run, and children in other groups would stay
    // behind.
    process.once(signal, () => process.exit(130));
  }
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof PlainError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
