/** Why no certificate could be taken from a file. */
export type CertificateProblem = 'unreadable' | 'no-certificate' | 'private-key' | 'expired';

/** The file with the certificates of the user's company, which are trusted besides the usual ones. */
export interface CompanyCertificates {
  file: string;
  /** How many certificates of it are in use. */
  count: number;
  /** Why none is. */
  problem: CertificateProblem | null;
}

/** What became of a file that was chosen. One that cannot be used changes nothing. */
export type ChooseCertificatesOutcome =
  | { outcome: 'used'; count: number }
  | { outcome: 'cancelled' }
  | { outcome: 'refused'; problem: CertificateProblem };
