import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { acceptableBaseUrl } from '../../../main/http/url';
import { serviceById, serviceModules } from '../../../main/services/index';

const folder = fileURLToPath(new URL('../../../main/services/', import.meta.url));

describe('the list of services', () => {
  it('has every folder, or a service would exist that nobody can use', () => {
    const folders = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(serviceModules.map(({ id }) => id).sort()).toEqual(folders.sort());
  });

  it('finds a service by id, and none for a name that JavaScript knows', () => {
    expect(serviceById('clipping')?.name).toBe('Clipping');
    expect(serviceById('constructor')).toBeNull();
  });

  it('has addresses that a key may be sent to and pages that may be opened', () => {
    for (const service of serviceModules) {
      expect(acceptableBaseUrl(service.baseUrl)).toBe(service.baseUrl);
      expect(service.baseUrlVariable).toMatch(/^CLIPTRAY_[A-Z]+_URL$/);
      for (const page of [service.keyPage, service.balancePage]) {
        if (page !== null) expect(new URL(page).protocol).toBe('https:');
      }
    }
  });

  it('leaves undici to the HTTP clients, so that no call goes out without its limits', () => {
    const main = fileURLToPath(new URL('../../../main/', import.meta.url));
    const files = readdirSync(main, { recursive: true, encoding: 'utf8' });
    const knowing = files
      .filter((file) => /(?<!\.d)\.ts$/.test(file))
      .filter((file) =>
        /from '(undici|\.\/undici)|import\('undici/.test(readFileSync(`${main}/${file}`, 'utf8')),
      );
    expect(knowing.sort()).toEqual([
      'http/dispatcher.ts',
      'http/download-client.ts',
      'http/json-client.ts',
      'http/part-client.ts',
      'http/realtime-client.ts',
      'http/undici.ts',
    ]);
  });
});
