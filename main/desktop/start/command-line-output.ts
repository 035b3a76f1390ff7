import { writeSync } from 'node:fs';
import { app, dialog } from 'electron';
import { createTranslator } from '../../../preload/messages';
import type { CommandLine } from './command-line';

const USAGE_ERROR = 2;
const FAILURE = 1;

/** Written synchronously: the process ends before a stream would have written. */
function write(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, `${text}\n`);
  } catch {
    // Nobody reads: a closed pipe, or Windows, whose windowed programs have no terminal.
  }
}

/** The app's own locale is not known before it is ready; this one is the terminal's. */
const terminalTranslator = () => createTranslator(Intl.DateTimeFormat().resolvedOptions().locale);

/** Says that the app can neither be reached nor started, and ends the process. */
export function answerWithoutDisplay(): void {
  write(2, terminalTranslator().text('cli.no-display'));
  app.exit(FAILURE);
}

/**
 * Answers a command line that asks for no start, and ends the process. `hasDisplay` is only asked
 * when there is something to show on it.
 */
export async function answerOnCommandLine(
  line: Exclude<CommandLine, { wants: 'start' }>,
  hasDisplay: () => Promise<boolean>,
): Promise<void> {
  const t = terminalTranslator();
  if (line.wants !== 'nothing') {
    write(1, line.wants === 'help' ? t.text('cli.help') : `Cliptray ${app.getVersion()}`);
    app.exit(0);
    return;
  }
  // It is printed on a terminal, which interprets control characters.
  const word = line.word.replace(/\p{C}+/gu, ' ').slice(0, 200);
  const complaint = t.text(`cli.${line.problem}`, { word });
  write(2, complaint);
  if (!line.opened || process.stderr.isTTY || !(await hasDisplay())) {
    write(2, `\n${t.text('cli.help')}`);
    app.exit(USAGE_ERROR);
    return;
  }
  // Files were opened from a file manager, which shows nothing of what a program prints.
  void app.whenReady().then(() => {
    dialog.showErrorBox(t.text('app.name'), complaint);
    app.exit(USAGE_ERROR);
  });
}
