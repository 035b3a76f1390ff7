import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CLOCK_VARIABLE, KEY_VARIABLE, type UploaderMessage } from './messages';
import type { Program } from './program';

export interface UploaderRunOptions {
  program: Program;
  number: number;
  dataFolder: string;
  serviceUrl: string;
  key: string;
  brandId: string;
  hurry: number;
  clockFile: string | null;
  files: string[];
}

/** How a run ended: with everything sent, killed by the test, or by itself with a problem. */
export type Ending = 'sent' | 'killed' | 'gave-up';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One run of the uploader's process. */
export class UploaderRun {
  readonly number: number;
  readonly pid: number;
  readonly messages: UploaderMessage[] = [];
  /** Everything it wrote, for people to read. */
  readonly output: string[] = [];
  readonly ended: Promise<Ending>;
  alive = true;
  readonly #process: ChildProcess;

  constructor(options: UploaderRunOptions) {
    this.number = options.number;
    const { program, clockFile } = options;
    this.#process = spawn(
      process.execPath,
      [
        ...(clockFile ? ['--import', program.movableClock] : []),
        program.uploader,
        ...['--data', options.dataFolder],
        ...['--service', options.serviceUrl],
        ...['--brand', options.brandId],
        ...['--run', String(options.number)],
        ...['--hurry', String(options.hurry)],
        ...options.files,
      ],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {
          ...process.env,
          [KEY_VARIABLE]: options.key,
          ...(clockFile && { [CLOCK_VARIABLE]: clockFile }),
        },
      },
    );
    // Without a pid there is no process, and killing pid 0 would kill this whole process group.
    if (!this.#process.pid) throw new Error('the uploader could not be started');
    this.pid = this.#process.pid;
    running.add(this.#process);
    const { stdout, stderr, stdin } = this.#process;
    stdin?.on('error', () => {});
    if (stdout) createInterface(stdout).on('line', (line) => this.#heard(line));
    if (stderr) createInterface(stderr).on('line', (line) => this.output.push(line));
    this.ended = new Promise((resolve) => {
      const end = (ending: Ending): void => {
        this.alive = false;
        running.delete(this.#process);
        resolve(ending);
      };
      // Not `exit`: the last output may arrive after it.
      this.#process.once('close', (code, signal) => {
        this.output.push(`ended with ${signal ?? code}`);
        end(signal === 'SIGKILL' ? 'killed' : code === 0 ? 'sent' : 'gave-up');
      });
      this.#process.once('error', (error) => {
        this.output.push(String(error));
        end('gave-up');
      });
    });
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #heard(line: string): void {
    this.output.push(line);
    // A kill can cut the last line short.
    if (!line.endsWith('}')) return;
    this.messages.push(JSON.parse(line) as UploaderMessage);
  }
}
