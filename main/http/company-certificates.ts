import type {
  CertificateProblem,
  ChooseCertificatesOutcome,
  CompanyCertificates,
} from '../domain/certificates';
import type { Clock } from '../domain/clock';
import type { Logger } from '../domain/logger';
import type { ChangeFeed } from '../events';
import { readCertificates } from './certificate-file';
import { trustAlso } from './trusted-certificates';

/** A file on a network drive that does not answer must not keep the app from starting. */
const START_MS = 3_000;

export interface CompanyCertificateDeps {
  stored: {
    read(): { certificateFile: string | null };
    change(changes: { certificateFile: string | null }): void;
  };
  feed: ChangeFeed;
  clock: Clock;
  logger: Logger;
}

/**
 * The certificates of the user's company, in a file that the user chose. A file that cannot be read any
 * more leaves the usual certificates in use. Emits `certificates` whenever others are in use.
 */
export function createCompanyCertificates({ stored, feed, clock, logger }: CompanyCertificateDeps) {
  let certificates: string[] = [];

  function use(file: string | null, found: string[], problem: CertificateProblem | null): void {
    certificates = found;
    trustAlso(found);
    const inUse: CompanyCertificates | null =
      file === null ? null : { file, count: found.length, problem };
    logger.info('certificates', { count: found.length, problem });
    feed.emit('certificates', { inUse });
  }

  async function load(): Promise<void> {
    const file = stored.read().certificateFile;
    if (file === null) return;
    const read = await readCertificates(file, clock.nowMs());
    // Another one was chosen meanwhile.
    if (stored.read().certificateFile !== file) return;
    if ('problem' in read) use(file, [], read.problem);
    else use(file, read.certificates, null);
  }

  return {
    /** In PEM, for the threads that connect by themselves. */
    current: (): readonly string[] => certificates,
    /** Reads the stored file. Resolves after a few seconds even if that takes longer. */
    start: (): Promise<void> =>
      Promise.race([load(), new Promise<void>((resolve) => clock.after(START_MS, resolve))]),
    /** Uses a file from now on. One without certificates changes nothing. */
    async choose(file: string): Promise<ChooseCertificatesOutcome> {
      const read = await readCertificates(file, clock.nowMs());
      if ('problem' in read) return { outcome: 'refused', problem: read.problem };
      stored.change({ certificateFile: file });
      use(file, read.certificates, null);
      return { outcome: 'used', count: read.certificates.length };
    },
    clear(): void {
      stored.change({ certificateFile: null });
      use(null, [], null);
    },
  };
}

export type CompanyCertificateService = ReturnType<typeof createCompanyCertificates>;
