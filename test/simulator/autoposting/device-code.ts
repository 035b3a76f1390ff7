import type { DeviceCode } from '../types';
import { type Answer, json } from '../wire/exchange';
import { ApiError, type Call, type Route } from '../wire/json-service';

function start(call: Call): Answer {
  const { world, nowMs } = call;
  const deviceCode: DeviceCode = {
    deviceCode: world.newUuid(),
    userCode: `${world.newText(4)}-${world.newText(4)}`,
    expiresAtMs: nowMs + world.config.deviceExpiresSec * 1000,
    intervalSec: world.config.deviceIntervalSec,
    lastPollMs: null,
    state: 'pending',
    key: null,
  };
  world.deviceCodes.set(deviceCode.deviceCode, deviceCode);
  const data = {
    deviceCode: deviceCode.deviceCode,
    userCode: deviceCode.userCode,
    verificationUri: `${new URL(world.addresses.autopostingUrl).origin}/cli-auth`,
    expiresIn: world.config.deviceExpiresSec,
    interval: deviceCode.intervalSec,
  };
  const flat = world.shapes.get('autoposting.deviceCode') === 'flat';
  return json(200, flat ? data : { success: true, data });
}

function poll(call: Call): Answer {
  const { world, nowMs } = call;
  const given = call.query.get('device_code') ?? '';
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(given)) {
    throw new ApiError(400, undefined, 'The device_code has not the right form.');
  }
  const code = world.deviceCodes.get(given);
  const failed = (status: string, more: Record<string, unknown> = {}) => {
    const http = world.shapes.get('autoposting.devicePollErrors') === '400' ? 400 : 200;
    return json(http, { status, ...(http === 400 && { error: status }), ...more });
  };
  if (!code || code.state === 'used' || code.expiresAtMs <= nowMs) return failed('expired_token');
  const sinceMs = code.lastPollMs === null ? Number.POSITIVE_INFINITY : nowMs - code.lastPollMs;
  code.lastPollMs = nowMs;
  if (sinceMs < code.intervalSec * 1000) {
    code.intervalSec += 5;
    return failed('slow_down', { interval: code.intervalSec });
  }
  if (code.state === 'denied') return failed('access_denied');
  if (code.state === 'pending') return json(200, { status: 'authorization_pending' });
  code.state = 'used';
  const orgId = world.keys.get(code.key ?? '')?.accountId;
  return json(200, { status: 'complete', sessionToken: code.key, orgId });
}

/** Signing in with the browser; the control API approves or denies. */
export const deviceRoutes: Route[] = [
  { method: 'POST', path: '/auth/cli/device-code', open: true, handle: start },
  { method: 'GET', path: '/auth/cli/poll', open: true, handle: poll },
];
