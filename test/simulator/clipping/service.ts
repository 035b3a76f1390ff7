import { ApiError, type Call, jsonService, type KeyedCall, type Route } from '../wire/json-service';
import { failure } from './envelope';
import { executionRoutes } from './executions';
import { itemRoutes } from './items';
import { drawCoins } from './lifecycle';
import { profileRoutes } from './profile';
import { reporterRoutes } from './reporters';
import { scheduleRoutes } from './schedules';

/** The Clipping API. */
export const clippingService = jsonService({
  name: 'clipping',
  routes: [
    ...profileRoutes,
    ...executionRoutes,
    ...itemRoutes,
    ...scheduleRoutes,
    ...reporterRoutes,
  ],
  admit,
  failure,
  // The fee is taken once the answer is decided, so the balance may fall below zero.
  after: ({ world, account }, route) => drawCoins(account, world.config.fees[route.fee ?? 'read']),
});

function admit(call: Call, route: Route): KeyedCall {
  const { key, account } = call.exchange;
  if (!key || !account || key.revoked) throw new ApiError(401, undefined, '');
  if (account.balance <= 0 && needsBalance(call, route)) throw new ApiError(402, undefined, '');
  return { ...call, key, account };
}

function needsBalance(call: Call, route: Route): boolean {
  const shape = call.world.shapes.get('clipping.zeroBalance');
  if (shape === 'starts') return route.starts === true;
  return shape === 'all' || route.path !== '/v1/me';
}
