import { UsageError } from '../../scripts/lib/plain-error.mjs';

/** The positive whole number that an option was given. Throws, with words for the user, if it is none. */
export function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text))
    throw new UsageError(`--${option} needs a number, not "${text}".`);
  return Number(text);
}
