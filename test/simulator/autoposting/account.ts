import { json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { success } from './envelope';
import { brandView, single, timeOf } from './views';

function brandsOf(call: KeyedCall) {
  return [...call.world.brands.values()].filter((brand) => brand.accountId === call.account.id);
}

function credits(call: KeyedCall) {
  const { world, account } = call;
  const allocation = account.balance + account.spent;
  const resetAt = timeOf(world, account.createdAtMs + 30 * 86_400_000);
  switch (world.shapes.get('autoposting.credits')) {
    case 'sdk':
      return {
        total: allocation,
        used: account.spent,
        remaining: account.balance,
        breakdown: { clips: account.spent },
      };
    case 'cli':
      return {
        balance: account.balance,
        balanceFormatted: `${account.balance} credits`,
        totalSpent30d: account.spent,
        recentUsage: account.spent
          ? [
              {
                date: timeOf(world, call.nowMs),
                description: 'Renders',
                amount: -account.spent,
                type: 'clips',
              },
            ]
          : [],
      };
    default:
      return { balance: account.balance, monthlyAllocation: allocation, resetAt };
  }
}

/** Health, profile, organisations, brands and credits. */
export const accountRoutes: Route[] = [
  { method: 'GET', path: '/health', open: true, handle: () => json(200, { success: true }) },
  {
    method: 'GET',
    path: '/auth/profile',
    handle: ({ account, key }) =>
      success({
        id: account.id,
        orgId: account.id,
        name: key.session ? account.name : 'API Key',
        email: key.session ? account.email : '',
        authType: key.session ? 'session' : 'api_key',
      }),
  },
  {
    method: 'GET',
    path: '/orgs',
    handle: ({ account, key }) => {
      // For sessions only; a good API key gets the same 401 as a bad one.
      if (!key.session) throw new ApiError(401, undefined, '');
      return success([{ id: account.id, name: account.name }]);
    },
  },
  {
    method: 'GET',
    path: '/brands',
    scope: 'brands:read',
    handle: (call) => {
      const rows = brandsOf(call).map((brand) => brandView(call.world, brand));
      const nested = call.world.shapes.get('autoposting.brandList') === 'nested';
      return success(nested ? { brands: rows } : rows);
    },
  },
  {
    method: 'GET',
    path: '/brands/{slug}',
    scope: 'brands:read',
    handle: (call) => {
      const brand = brandsOf(call).find((one) => one.slug === call.params.slug);
      if (!brand) throw new ApiError(404, undefined, 'There is no such brand.');
      return success(single(call.world, 'brand', brandView(call.world, brand)));
    },
  },
  {
    method: 'GET',
    path: '/billing/credits',
    scope: 'billing',
    handle: (call) => success(credits(call)),
  },
  {
    method: 'GET',
    path: '/billing/credit-summary',
    scope: 'billing',
    handle: ({ world, account }) =>
      success({
        balance: account.balance,
        monthlyAllocation: account.balance + account.spent,
        used: account.spent,
        breakdown: { clips: account.spent, aiGeneration: 0, other: 0 },
        resetAt: timeOf(world, account.createdAtMs + 30 * 86_400_000),
      }),
  },
  {
    method: 'GET',
    path: '/billing/status',
    scope: 'billing',
    handle: ({ account }) =>
      success({ plan: 'creator', status: account.suspended ? 'past_due' : 'active' }),
  },
];
