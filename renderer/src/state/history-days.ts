/** For how many days ended jobs may be kept, longest first; one that was chosen elsewhere is among them. */
export function historyDayChoices(chosenDays: number | null): number[] {
  const offered = [365, 90, 30];
  if (chosenDays === null || offered.includes(chosenDays)) return offered;
  return [...offered, chosenDays].sort((a, b) => b - a);
}

/** Whether jobs that are kept now would be deleted. Null is for ever. */
export function isShorter(days: number | null, thanDays: number | null): boolean {
  return days !== null && (thanDays === null || days < thanDays);
}
