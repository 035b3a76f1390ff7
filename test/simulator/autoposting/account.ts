import { json } from '../wire/exchange';
import { ApiError, type KeyedCall, type Route } from '../wire/json-service';
import { itemsOf, success } from './envelope';
import { brandView, connectionView, single, timeOf } from './views';

function brandsOf(call: KeyedCall) {
  return [...call.world.brands.values()].filter((brand) => brand.accountId === call.account.id);
}

function ownBrandBySlug(call: KeyedCall) {
  const brand = brandsOf(call).find((one) => one.slug === call.params.slug);
  if (!brand) throw new ApiError(404, undefined, 'There is no such brand.');
  return brand;
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
      const form = call.world.shapes.get('autoposting.brandList');
      if (form === 'items') return success(itemsOf(rows));
      return success(form === 'nested' ? { brands: rows } : rows);
    },
  },
  {
    method: 'GET',
    path: '/brands/{slug}',
    scope: 'brands:read',
    handle: (call) => {
      const brand = ownBrandBySlug(call);
      return success(single(call.world, 'brand', brandView(call.world, brand)));
    },
  },
  {
    method: 'GET',
    path: '/brands/{slug}/auth/status',
    scope: 'brands:read',
    handle: (call) => {
      const brand = ownBrandBySlug(call);
      return success(brand.platforms.map((one) => connectionView(call.world, brand, one)));
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
    handle: (call) => {
      const { world, account } = call;
      const connected = brandsOf(call).flatMap((brand) => brand.platforms);
      return success({
        plan: 'creator',
        planName: 'Creator',
        status: account.suspended ? 'past_due' : 'active',
        accountLimit: 10,
        accountsUsed: connected.filter((one) => one.connected).length,
        creditBalance: account.balance,
        costMultiplier: 1,
        isTrialing: false,
        suspendedAt: account.suspended ? timeOf(world, account.createdAtMs) : null,
        currentPeriodEnd: timeOf(world, account.createdAtMs + 30 * 86_400_000),
      });
    },
  },
];
