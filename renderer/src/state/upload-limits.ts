const MEGABYTE = 1_000_000;

/** Limits to choose from, in bytes a second; the chosen one is always among them. */
export function uploadLimits(chosenBytesPerSecond: number | null): number[] {
  const offered = [0.5, 1, 2, 5, 10, 25, 50, 100].map((megabytes) => megabytes * MEGABYTE);
  if (chosenBytesPerSecond === null || offered.includes(chosenBytesPerSecond)) return offered;
  return [...offered, chosenBytesPerSecond].sort((a, b) => a - b);
}

/** In megabytes a second, as the choice shows it. */
export function megabytesPerSecond(bytesPerSecond: number): number {
  return bytesPerSecond / MEGABYTE;
}
