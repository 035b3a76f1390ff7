const MASK = '[redacted]';

/** Patterns of secrets, for those that were not announced with `addSecret`. */
const PATTERNS: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${MASK}`],
  [/\b(sk|ck|ap|pk)[-_][A-Za-z0-9_-]{8,}/g, MASK],
  // Three base64url parts: a JSON web token.
  [/\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, MASK],
  [
    /\b(x-api-key|authorization|token|api[_-]?key|secret|password)(["']?\s*[:=]\s*["']?)[^\s"',}]+/gi,
    `$1$2${MASK}`,
  ],
  // The query of any URL: that of a presigned URL is an authorisation.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, `$1?${MASK}`],
];

/** Masks keys, tokens and the queries of URLs in a text, and shortens the user's home path to `~`. */
export function createRedactor(homePath: string) {
  const secrets = new Set<string>();
  return {
    /** Masks this secret everywhere. Very short ones are ignored: they would mask ordinary words. */
    addSecret(secret: string): void {
      if (secret.length >= 6) secrets.add(secret);
    },
    redact(text: string): string {
      let clean = text;
      for (const secret of secrets) {
        clean = clean.split(secret).join(MASK);
        clean = clean.split(encodeURIComponent(secret)).join(MASK);
      }
      for (const [pattern, mask] of PATTERNS) clean = clean.replace(pattern, mask);
      return homePath.length > 1 ? clean.split(homePath).join('~') : clean;
    },
  };
}

export type Redactor = ReturnType<typeof createRedactor>;
