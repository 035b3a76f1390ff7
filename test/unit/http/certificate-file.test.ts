import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompanyCertificates } from '../../../main/domain/certificates';
import type { Clock } from '../../../main/domain/clock';
import { createChangeFeed } from '../../../main/events';
import { parseCertificates, readCertificates } from '../../../main/http/certificate-file';
import { createCompanyCertificates } from '../../../main/http/company-certificates';
import { certificateFile } from './tls-server';

const read = (name: string) => readFile(certificateFile(name));
const outcomeOf = (bytes: Buffer) => {
  const parsed = parseCertificates(bytes, Date.now());
  return 'problem' in parsed ? parsed.problem : parsed.certificates.length;
};

let pem: Buffer;
let folder: string;
beforeAll(async () => {
  pem = await read('company-ca.pem');
  folder = await mkdtemp(join(tmpdir(), 'certificates-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a file with certificates', () => {
  it.each<[string, () => Buffer | Promise<Buffer>, number]>([
    ['one in PEM', () => pem, 1],
    ['one in DER', () => read('company-ca.der'), 1],
    ['several, with text around them', () => Buffer.from(`# Root\n${pem}\n# Again\n${pem}`), 2],
    ['Windows line ends', () => Buffer.from(String(pem).replaceAll('\n', '\r\n')), 1],
    ['UTF-8 with a mark', () => Buffer.from(`\ufeff${pem}`), 1],
    ['UTF-16', () => Buffer.from(`\ufeff${pem}`, 'utf16le'), 1],
    ['an expired one besides', async () => Buffer.concat([await read('expired.pem'), pem]), 1],
  ])('is taken: %s', async (_what, bytes, count) => {
    expect(outcomeOf(await bytes())).toBe(count);
  });

  it.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['a private key', () => read('server.key'), 'private-key'],
    [
      'a private key beside it',
      async () => Buffer.concat([pem, await read('server.key')]),
      'private-key',
    ],
    ['nothing', () => Buffer.alloc(0), 'no-certificate'],
    ['a web page', () => Buffer.from('<!doctype html><title>Sign in</title>'), 'no-certificate'],
    ['a cut certificate', () => pem.subarray(0, pem.length - 60), 'no-certificate'],
    [
      'a damaged one beside a good one',
      () => Buffer.from(`${pem}${String(pem).replace('MII', 'AAA')}`),
      'no-certificate',
    ],
    ['only expired ones', () => read('expired.pem'), 'expired'],
  ])('is refused: %s', async (_what, bytes, problem) => {
    expect(outcomeOf(await bytes())).toBe(problem);
  });

  it.each(['not-there.pem', '.'])('that cannot be read is called that: %s', async (name) => {
    expect(await readCertificates(join(folder, name), Date.now())).toEqual({
      problem: 'unreadable',
    });
  });
});

describe('the certificates of a company', () => {
  const still = { nowMs: Date.now, monotonicMs: Date.now, after: () => () => {} };
  function service(certificateFile: string | null, clock: Clock = still) {
    const stored = { certificateFile };
    const inUse: (CompanyCertificates | null)[] = [];
    const logger = { info() {}, warn() {}, error() {} };
    const feed = createChangeFeed(logger);
    feed.on('certificates', (change) => inUse.push(change.inUse));
    const certificates = createCompanyCertificates({
      stored: { read: () => stored, change: (changes) => Object.assign(stored, changes) },
      ...{ feed, clock, logger },
    });
    return { certificates, stored, inUse, feed };
  }

  it('are in use at once, and again after a start', async () => {
    const file = join(folder, 'ca.pem');
    await writeFile(file, pem);
    const { certificates, stored, inUse } = service(null);
    expect(await certificates.choose(file)).toEqual({ outcome: 'used', count: 1 });
    expect(inUse).toEqual([{ file, count: 1, problem: null }]);
    const next = service(stored.certificateFile);
    await next.certificates.start();
    expect(next.certificates.current()).toHaveLength(1);
    next.certificates.clear();
    expect(next.certificates.current()).toEqual([]);
    expect(next.stored.certificateFile).toBeNull();
  });

  it('are missed when their file is gone, and the usual ones stay', async () => {
    const file = join(folder, 'gone.pem');
    const { certificates, inUse } = service(file);
    await certificates.start();
    expect(inUse).toEqual([{ file, count: 0, problem: 'unreadable' }]);
    expect(certificates.current()).toEqual([]);
  });

  describe('whose drive is there only after the start', () => {
    /** The usual certificates, after each time that the file was read in vain. */
    async function late(name: string) {
      const file = join(folder, name);
      const timers: (() => void)[] = [];
      const clock: Clock = {
        ...still,
        after(delayMs, task) {
          if (delayMs === 60_000) timers.push(task);
          return () => {};
        },
      };
      const { certificates, inUse, feed } = service(file, clock);
      await certificates.start();
      const minute = () => timers.shift()?.();
      return { file, certificates, inUse, feed, timers, minute };
    }

    it('are in use within a minute, without a restart', async () => {
      const { file, certificates, inUse, timers, minute } = await late('late.pem');
      expect(certificates.current()).toEqual([]);
      minute();
      await expect.poll(() => timers.length).toBe(1);
      // That it is still missing is no news.
      expect(inUse).toEqual([{ file, count: 0, problem: 'unreadable' }]);
      await writeFile(file, pem);
      minute();
      await expect.poll(() => certificates.current().length).toBe(1);
      expect(inUse.at(-1)).toEqual({ file, count: 1, problem: null });
      expect(timers).toEqual([]);
    });

    it('are in use as soon as the network is back', async () => {
      const { file, certificates, feed } = await late('network.pem');
      await writeFile(file, pem);
      feed.emit('connectivity', { kind: 'resumed', cause: 'network' });
      await expect.poll(() => certificates.current().length).toBe(1);
    });

    it('are not read again once the user has given up their file', async () => {
      const { file, certificates, feed } = await late('given-up.pem');
      certificates.clear();
      await writeFile(file, pem);
      feed.emit('connectivity', { kind: 'resumed', cause: 'wake' });
      expect(certificates.current()).toEqual([]);
    });
  });

  it('stay in use when another file is refused', async () => {
    const file = join(folder, 'ca.pem');
    await writeFile(file, pem);
    const { certificates, stored } = service(null);
    await certificates.choose(file);
    expect(await certificates.choose(certificateFile('server.key'))).toEqual({
      outcome: 'refused',
      problem: 'private-key',
    });
    expect(certificates.current()).toHaveLength(1);
    expect(stored.certificateFile).toBe(file);
  });
});
