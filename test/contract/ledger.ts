import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { NAMED } from './named';

/** Where the tests record what they tried; `npm run contract` reads it. */
const LEDGER_FOLDER = resolve(import.meta.dirname, '../../test-results/contract');

/** One line for each answer that was tried: endpoint and answer, by their ids in `named.ts`. */
type Tried = [endpointId: string, answer: string];

/**
 * A ledger of one test file. `tried` throws for anything that is not in the list, so that the two
 * cannot drift apart.
 */
export function openLedger(name: string) {
  const lines: Tried[] = [];
  afterAll(() => {
    mkdirSync(LEDGER_FOLDER, { recursive: true });
    writeFileSync(join(LEDGER_FOLDER, `${name}.json`), JSON.stringify(lines));
  });
  return {
    tried(endpointId: string, answer: string): void {
      const endpoint = NAMED.find(({ id }) => id === endpointId);
      if (!endpoint || !Object.hasOwn(endpoint.answers, answer)) {
        throw new Error(`${endpointId}, ${answer}: not in the list of what is named`);
      }
      lines.push([endpointId, answer]);
    },
  };
}
