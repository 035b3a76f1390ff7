import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as whole from 'undici';
import { describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const source = readFileSync(
  new URL('../../../main/http/undici.ts', import.meta.url).pathname,
  'utf8',
);
const files = [...source.matchAll(/from '(undici\/[^']+)'/g)].map(([, file]) => file ?? '');

describe('undici by its files, after an update of it', () => {
  it.each(files)('still has %s; otherwise the app does not start', (file) => {
    expect(() => require.resolve(file)).not.toThrow();
  });

  it('is the same as undici by its index; otherwise calls would not behave as documented', async () => {
    expect(files.length).toBeGreaterThan(3);
    const byFiles = await import('../../../main/http/undici');
    expect(byFiles.Agent).toBe(whole.Agent);
    expect(byFiles.ProxyAgent).toBe(whole.ProxyAgent);
  });

  it('requires nothing in its index beyond what is known', () => {
    // What undici's index does to a class when it is loaded, main/http/undici.ts has to do too.
    const index = readFileSync(require.resolve('undici/index.js'), 'utf8');
    const changes = [...index.matchAll(/^(?:Object\.\w+\(|\w+\.prototype\b).*$/gm)].map(
      ([line]) => line,
    );
    expect(changes).toEqual(['Object.assign(Dispatcher.prototype, api)']);
  });
});
