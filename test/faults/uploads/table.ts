/** What became of one kind of fault. */
export interface RowResult {
  name: string;
  /** How often it struck. */
  injected: number;
  /** After how many of them nothing was lost. */
  survived: number;
  partsSentTwice: number;
  danglingUploads: number;
  unknowable: number;
}

const HEADS = ['injected', 'survived', 'sent twice', 'dangling', 'unknowable'];

const NOTES = [
  'sent twice: parts sent again although their ETag was stored.',
  'dangling: multipart uploads left open of which the app knew, or could have known.',
  'unknowable: those whose id the app never got, because the answer to init was lost or the app was',
  '  killed before it could be stored. The service has no call to find them by; each is a clip that',
  '  stays "uploading" in its dashboard.',
];

/** The results as a table for people to read. */
export function tableOf(results: RowResult[]): string {
  const cells = [...results, { name: 'all', ...totals(results) }].map((result) => [
    result.name,
    String(result.injected),
    String(result.survived),
    String(result.partsSentTwice),
    String(result.danglingUploads),
    String(result.unknowable),
  ]);
  const width = Math.max(...cells.map(([name]) => name?.length ?? 0));
  const lines = [['fault', ...HEADS], ...cells].map(([name = '', ...numbers]) =>
    [
      name.padEnd(width),
      ...numbers.map((number, index) => number.padStart(HEADS[index]?.length ?? 0)),
    ].join('  '),
  );
  const rule = '─'.repeat(lines[0]?.length ?? 0);
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), '', ...NOTES].join('\n');
}

/** The sum of all rows. */
export function totals(results: RowResult[]): Omit<RowResult, 'name'> {
  const sum = (key: keyof Omit<RowResult, 'name'>) =>
    results.reduce((total, result) => total + result[key], 0);
  return {
    injected: sum('injected'),
    survived: sum('survived'),
    partsSentTwice: sum('partsSentTwice'),
    danglingUploads: sum('danglingUploads'),
    unknowable: sum('unknowable'),
  };
}
