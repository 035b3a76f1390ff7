import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { CertificateProblem } from '../domain/certificates';

/** A bundle of every public authority has about 250 KiB. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Certificates in PEM, or why there are none. */
export type ReadCertificates = { certificates: string[] } | { problem: CertificateProblem };

const BLOCK =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** One certificate in PEM or DER, as PEM. Throws if it is none. */
const certificateOf = (data: string | Uint8Array) => new X509Certificate(data);

/**
 * Reads the certificates in the bytes of a file: one or more in PEM, with any text around them, or one in
 * DER. All of them have to be readable, so that none is left out unnoticed. A file with a private key is
 * refused: it is not for passing on.
 */
export function parseCertificates(bytes: Buffer, nowMs: number): ReadCertificates {
  // Windows' tools also write UTF-16.
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isUtf16 ? 'utf16le' : 'latin1');
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return { problem: 'private-key' };
  try {
    const blocks = text.match(BLOCK);
    const all = (blocks ?? [bytes]).map(certificateOf);
    const valid = all.filter(({ validTo }) => Date.parse(validTo) > nowMs);
    return valid.length === 0
      ? { problem: 'expired' }
      : { certificates: valid.map((certificate) => certificate.toString()) };
  } catch {
    return { problem: 'no-certificate' };
  }
}

/** Reads a file as `parseCertificates` does. Never rejects. */
export async function readCertificates(path: string, nowMs: number): Promise<ReadCertificates> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return { problem: 'no-certificate' };
      return parseCertificates(await file.readFile(), nowMs);
    } finally {
      await file.close();
    }
  } catch {
    return { problem: 'unreadable' };
  }
}
