import { ApiError, type Call, jsonService, type KeyedCall, type Route } from '../wire/json-service';
import { accountRoutes } from './account';
import { clipRoutes } from './clips';
import { deviceRoutes } from './device-code';
import { failure } from './envelope';
import { postRoutes } from './posts';
import { renderRoutes } from './renders';
import { uploadRoutes } from './uploads';

/** The Autoposting API below /api-proxy. */
export const autopostingService = jsonService({
  name: 'autoposting',
  routes: [
    ...accountRoutes,
    ...deviceRoutes,
    ...uploadRoutes,
    ...renderRoutes,
    ...postRoutes,
    ...clipRoutes,
  ],
  admit,
  failure,
});

/** 401 before 403, scope before suspension, as far as the documentation says. */
function admit(call: Call, route: Route): KeyedCall {
  const { key, account } = call.exchange;
  const expired = key?.expiresAtMs != null && key.expiresAtMs <= call.nowMs;
  if (!key || !account || key.revoked || expired) throw new ApiError(401, undefined, '');
  const scope =
    route.scope === 'billing' ? call.world.shapes.get('autoposting.billingScope') : route.scope;
  if (scope && scope !== 'none' && key.scopes && !key.scopes.includes(scope)) {
    throw new ApiError(403, undefined, `This key lacks the scope ${scope}.`);
  }
  if (route.mutation && account.suspended) {
    throw new ApiError(403, 'billing_suspended', 'The subscription is suspended.');
  }
  return { ...call, key, account };
}
