import type {
  CertificateProblem,
  ChooseCertificatesOutcome,
  CompanyCertificates,
} from '../domain/certificates';
import type { Clock } from '../domain/clock';
import { type Logger, reason } from '../domain/logger';
import type { ChangeFeed } from '../events';
import { readCertificates } from './certificate-file';
import { trustAlso } from './trusted-certificates';

/** A file on a network drive that does not answer must not keep the app from starting. */
const START_MS = 3_000;

/** A drive may be there only after the login: the file is read again until it can be used. */
const RETRY_MS = 60_000;

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
 * more leaves the usual certificates in use, and is read again every minute, after a wake and with the
 * network. Emits `certificates` whenever others are in use.
 */
export function createCompanyCertificates({ stored, feed, clock, logger }: CompanyCertificateDeps) {
  let certificates: string[] = [];
  /** Why the stored file is not in use; null while it is, or while there is none. */
  let missing: CertificateProblem | null = null;
  let isLoading = false;
  let cancelRetry = () => {};

  function use(file: string | null, found: string[], problem: CertificateProblem | null): void {
    missing = problem;
    cancelRetry();
    if (problem !== null) cancelRetry = clock.after(RETRY_MS, retry);
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
    if (!('problem' in read)) use(file, read.certificates, null);
    else if (read.problem !== missing) use(file, [], read.problem);
    // Nothing has changed, so nobody is told: whoever is would try all connections again.
    else cancelRetry = clock.after(RETRY_MS, retry);
  }

  function retry(): void {
    cancelRetry();
    if (missing === null || isLoading) return;
    isLoading = true;
    void load()
      .catch((error) => logger.warn('certificates not read', { reason: reason(error) }))
      .finally(() => {
        isLoading = false;
      });
  }

  feed.on('connectivity', ({ kind }) => {
    if (kind === 'resumed') retry();
  });

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
