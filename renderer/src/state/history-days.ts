/** For how many days ended jobs can be kept, longest first; the chosen number is always among them. */
export function historyDayChoices(chosenDays: number | null): number[] {
  const offered = [365, 90, 30];
  if (chosenDays === null || offered.includes(chosenDays)) return offered;
  return [...offered, chosenDays].sort((a, b) => b - a);
}

/** Whether the change would delete jobs that are kept now. Null keeps them forever. */
export function isShorter(days: number | null, thanDays: number | null): boolean {
  return days !== null && (thanDays === null || days < thanDays);
}
