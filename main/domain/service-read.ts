import type { ServiceConnection } from './service';
import { failureOf, type ServiceFailure } from './service-failure';

/** What was read from a service, or why it could not be. */
export type ServiceRead<T> = { value: T } | ServiceFailure;

/** Picks one capability of a connection; null for a service that lacks it. */
type PickCapability<C> = (connection: ServiceConnection) => C | null;

/** The capability, or why it cannot be used: the account has no key, or its service lacks it. */
export function capabilityOf<C extends object>(
  connection: ServiceConnection | null,
  pick: PickCapability<C>,
): C | ServiceFailure {
  if (!connection) return { problem: 'key-missing', remoteText: null };
  return pick(connection) ?? { problem: 'rejected', remoteText: null };
}

/** Makes one call with a capability of the connection. Never rejects with a ServiceError. */
export async function serviceRead<C extends object, T>(
  connection: ServiceConnection | null,
  pick: PickCapability<C>,
  read: (capability: C) => Promise<T>,
): Promise<ServiceRead<T>> {
  const capability = capabilityOf(connection, pick);
  if ('problem' in capability) return capability;
  try {
    return { value: await read(capability) };
  } catch (error) {
    return failureOf(error);
  }
}
