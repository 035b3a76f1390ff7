import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A step that was not observed. The reason is in `cause`. */
export class StepFailed extends Error {}

/** Says on the terminal and in a log what was observed, step by step. */
export class Report {
  /** Where log and pictures go; emptied at the start. */
  readonly folder: string;
  readonly #startedAtMs = performance.now();
  readonly #observed: { title: string; durationMs: number }[] = [];
  #failed: string | null = null;
  #pictures = 0;

  constructor(folder: string) {
    this.folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.#write(`The tour of Cliptray, ${new Date().toISOString()}\n`);
  }

  /**
   * Runs one step. `observe` returns what was seen, in a sentence, or throws; then nothing after it
   * runs: throws StepFailed.
   */
  async step(title: string, observe: () => Promise<string>): Promise<void> {
    const startedAtMs = performance.now();
    const number = String(this.#observed.length + 1).padStart(2, '0');
    try {
      const seen = await observe();
      const durationMs = performance.now() - startedAtMs;
      this.#observed.push({ title, durationMs });
      this.#say(`✓ ${number}  ${seen} (${seconds(durationMs)})`);
    } catch (cause) {
      this.#failed = title;
      this.#say(
        `✗ ${number}  ${title}: not observed (${seconds(performance.now() - startedAtMs)})`,
      );
      this.note(cause instanceof Error ? cause.message : String(cause));
      throw new StepFailed(title, { cause });
    }
  }

  /** A detail for the log alone. */
  note(text: string): void {
    this.#write(text.replace(/^/gm, '             '));
  }

  /** The file for the next picture, numbered: `03-uploading.png`. */
  pictureFile(name: string): string {
    this.#pictures += 1;
    return join(this.folder, `${String(this.#pictures).padStart(2, '0')}-${name}.png`);
  }

  /** Prints the table of all steps. Returns whether every one was observed. */
  summarize(): boolean {
    const rows = this.#observed.map(
      ({ title, durationMs }) => `${title.padEnd(52)} ${seconds(durationMs).padStart(7)}`,
    );
    if (this.#failed) rows.push(`${this.#failed.padEnd(52)}  FAILED`);
    this.#say(
      [
        '',
        '──── summary ────',
        ...rows,
        '',
        this.#failed
          ? `${this.#observed.length} steps observed, then "${this.#failed}" was not.`
          : `All ${this.#observed.length} steps observed.`,
        `Duration ${seconds(performance.now() - this.#startedAtMs)}. Pictures and log: ${this.folder}`,
      ].join('\n'),
    );
    return this.#failed === null;
  }

  #say(text: string): void {
    console.log(text);
    this.#write(text);
  }

  #write(text: string): void {
    const atS = ((performance.now() - this.#startedAtMs) / 1000).toFixed(1).padStart(6);
    const lines = text.split('\n').map((line) => (line === '' ? '' : `${atS} s  ${line}`));
    appendFileSync(join(this.folder, 'demo.log'), `${lines.join('\n')}\n`);
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
