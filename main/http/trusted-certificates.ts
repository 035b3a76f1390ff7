import * as tls from 'node:tls';
import { TLS_OPTIONS } from './tls-policy';

/** Node 22.15 and newer; Electron 33 has an older one. */
const getCertificates = (tls as { getCACertificates?: (type: 'default' | 'system') => string[] })
  .getCACertificates;

/** Certificates of the user's company, in PEM. */
let ownCertificates: readonly string[] = [];
let revision = 0;
/** Null until it is known which certificates are needed. */
let options: tls.ConnectionOptions | null = null;

/** Certificates of the list without line breaks, which differ between sources. */
const plain = (pem: string) => pem.replaceAll(/\s/g, '');

function defaultCertificates(): readonly string[] {
  return getCertificates?.('default') ?? tls.rootCertificates;
}

/** What this computer trusts beyond Node's list, as a company's administrator may have set it up. */
function systemCertificates(): string[] {
  try {
    const known = new Set(defaultCertificates().map(plain));
    return (getCertificates?.('system') ?? []).filter((pem) => !known.has(plain(pem)));
  } catch {
    // A system whose store cannot be read has Node's list.
    return [];
  }
}

/** Trusts these certificates besides the usual ones, in this thread, from the next connection on. */
export function trustAlso(certificates: readonly string[]): void {
  ownCertificates = certificates;
  options = null;
  revision += 1;
}

/** Changes whenever other certificates are trusted than before: older connections are not used then. */
export const trustRevision = (): number => revision;

/** The options for every TLS connection. */
export function tlsOptions(): tls.ConnectionOptions {
  options ??= optionsFor([...systemCertificates(), ...ownCertificates]);
  return options;
}

function optionsFor(more: string[]): tls.ConnectionOptions {
  // Node then parses its own list with the first connection, and only once.
  if (more.length === 0) return TLS_OPTIONS;
  const { minVersion } = TLS_OPTIONS;
  // Parsed here: with `ca` among the options, Node would parse the whole list for each connection.
  const secureContext = tls.createSecureContext({
    minVersion,
    ca: [...defaultCertificates(), ...more],
  });
  return { ...TLS_OPTIONS, secureContext };
}
