const MIN_COINS = 0.01;

/** Rounds an estimate in coins a day: to two decimals below one coin, else to one. */
export function dayCost(coinsPerDay: number): { coins: number; isLess: boolean } {
  if (coinsPerDay > 0 && coinsPerDay < MIN_COINS) return { coins: MIN_COINS, isLess: true };
  const digits = coinsPerDay < 1 ? 100 : 10;
  return { coins: Math.round(coinsPerDay * digits) / digits, isLess: false };
}
