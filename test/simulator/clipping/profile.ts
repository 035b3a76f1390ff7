import { json } from '../wire/exchange';
import type { KeyedCall, Route } from '../wire/json-service';

function me(call: KeyedCall): unknown {
  const { world, account } = call;
  const user = { user_id: account.id, name: account.name, email: account.email, role: 'user' };
  switch (world.shapes.get('clipping.me')) {
    case 'flat':
      return { ...user, balance: account.balance };
    case 'account':
      return { account: { account_id: account.id, ...user, saldo: account.balance } };
    case 'no-balance':
      return { user };
    default:
      return { user: { ...user, balance_coins: account.balance } };
  }
}

/** Whom the key belongs to, and the balance. */
export const profileRoutes: Route[] = [
  { method: 'GET', path: '/v1/me', handle: (call) => json(200, me(call)) },
];
