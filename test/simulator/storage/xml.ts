import type { Answer } from '../wire/exchange';

/** An error as S3-like stores send it: a status and an XML document. */
export function xmlError(
  status: number,
  code: string,
  message: string,
  more: Record<string, string> = {},
): Answer {
  const fields = Object.entries(more).map(
    ([name, value]) => `<${name}>${escapeXml(value)}</${name}>`,
  );
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message>${fields.join('')}</Error>`,
  };
}

/** The answer to a URL that has expired. */
export function expiredAnswer(nowMs: number, expiredMs: number): Answer {
  return xmlError(403, 'AccessDenied', 'This signed address is past its expiry.', {
    Expires: new Date(expiredMs).toISOString(),
    ServerTime: new Date(nowMs).toISOString(),
  });
}

function escapeXml(text: string): string {
  return text.replace(/[<>&]/g, (sign) =>
    sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&amp;',
  );
}
