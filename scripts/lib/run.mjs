import { spawn } from 'node:child_process';
import { plainly, UsageError } from './plain-error.mjs';

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
      const why = plainly(error)?.text ?? error.message;
      if (options.quiet) output += why;
      else console.error(why);
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
 * Runs a script's main function with the arguments of the command line. `--help` prints the usage. What
 * goes wrong is printed in plain words where there are any, else with its stack. The exit code is 2 for a
 * command line that makes no sense, and 1 for other failures.
 * @param {string} usage
 * @param {(args: string[]) => Promise<number | void>} main Its number is the exit code.
 * @param {{ helpsItself?: (args: string[]) => boolean }} [options] `helpsItself` says
 *   that the program behind the script answers `--help` to these arguments.
 */
export async function runMain(usage, main, { helpsItself } = {}) {
  const args = process.argv.slice(2).map((word) => (word === '-h' ? '--help' : word));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // Without a handler `exit` listeners do not run, and children in other groups would stay
    // behind.
    process.once(signal, () => process.exit(130));
  }
  if (args.includes('--help') && !helpsItself?.(args)) {
    console.log(usage);
    return;
  }
  try {
    process.exitCode = (await main(args)) ?? 0;
  } catch (error) {
    const plain = plainly(error);
    console.error(plain === undefined ? error : `\n${plain.text}`);
    process.exitCode = plain?.code ?? 1;
  }
}

/**
 * Throws unless all arguments are known.
 * @param {string} command Such as `npm run demo`.
 * @param {string[]} args
 * @param {string[]} [known]
 */
export function allow(command, args, known = []) {
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown === undefined) return;
  const takes =
    known.length > 0 ? `It takes ${known.join(', ')}, or nothing.` : 'It takes nothing.';
  throw new UsageError(`${command} does not know "${unknown}". ${takes}`);
}
