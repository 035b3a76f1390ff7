import type { Translator } from '../../../preload/messages';

/** An amount of coins as text: `0.01 coins`. Fees can be as small as a thousandth of a coin. */
export function coinsText(t: Translator, coins: number): string {
  return t.text('account.coins', {
    coins,
    amount: t.number(coins, { maximumFractionDigits: 4 }),
  });
}
