import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A step that was not observed. */
export class StepFailed extends Error {}

/** Reports on the terminal and in a log what was observed, step by step. */
export class Report {
  /** Where the log and the pictures go; emptied at the start. */
  readonly folder: string;
  readonly #startedAtMs = performance.now();
  readonly #observed: { title: string; durationMs: number }[] = [];
  #failed: string | null = null;
  #pictures = 0;

  constructor(folder: string) {
    this.folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.#write(`A tour of Cliptray, ${new Date().toISOString()}`);
  }

  /**
   * Runs one step. `observe` returns what was seen, in a sentence. When it throws, the reason is
   * printed and StepFailed is thrown, so that no later step runs.
   */
  async step(title: string, observe: () => Promise<string>): Promise<void> {
    const startedAtMs = performance.now();
    const number = String(this.#observed.length + 1).padStart(2, '0');
    try {
      const seen = await observe();
      const durationMs = performance.now() - startedAtMs;
      this.#observed.push({ title, durationMs });
      this.say(`✓ ${number}  ${seen} (${seconds(durationMs)})`);
    } catch (cause) {
      this.#failed = title;
      // Playwright colours its messages.
      const reason = stripVTControlCharacters(cause instanceof Error ? cause.message : `${cause}`);
      const durationMs = performance.now() - startedAtMs;
      this.say(`✗ ${number}  ${title}: not observed (${seconds(durationMs)})\n${indented(reason)}`);
      throw new StepFailed(title, { cause });
    }
  }

  /** A line for the terminal and the log. */
  say(text: string): void {
    console.log(text);
    this.#write(text);
  }

  /** A detail for the log alone. */
  note(text: string): void {
    this.#write(indented(text));
  }

  /** The file for the next picture, numbered: `03-uploading.png`. */
  pictureFile(name: string): string {
    this.#pictures += 1;
    return join(this.folder, `${String(this.#pictures).padStart(2, '0')}-${name}.png`);
  }

  /** Prints a summary of all steps. Returns whether every one was observed. */
  summarize(): boolean {
    const width = Math.max(...this.#observed.map(({ title }) => title.length), 0);
    const count = this.#observed.length;
    const rows = this.#observed.map(
      ({ title, durationMs }) => `${title.padEnd(width)}  ${seconds(durationMs).padStart(7)}`,
    );
    if (this.#failed) rows.push(`${this.#failed.padEnd(width)}   FAILED`);
    const result = this.#failed
      ? `${count} steps observed, then one was not: ${this.#failed}`
      : `All ${count} steps observed.`;
    const durationMs = performance.now() - this.#startedAtMs;
    this.say(
      `\n──── summary ────\n${rows.join('\n')}\n\n${result}\nDuration ${seconds(durationMs)}. Pictures and logs: ${this.folder}`,
    );
    return this.#failed === null;
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

function indented(text: string): string {
  return text.replace(/^/gm, '      ');
}
