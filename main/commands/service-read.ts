import type { ServiceRead } from '../../preload/contract';
import type { ServiceConnection } from '../domain/service';
import { ServiceError } from '../domain/service-error';

/**
 * What a read of one account gives, or in the service's and our words why it cannot be had. `port` is
 * the part of the connection that is needed; a service without it refuses.
 */
export async function serviceRead<P, T>(
  connection: ServiceConnection | null,
  port: (connection: ServiceConnection) => P | null,
  read: (port: P) => Promise<T>,
): Promise<ServiceRead<T>> {
  if (!connection) return { problem: 'key-missing', remoteText: null };
  const found = port(connection);
  if (found === null) return { problem: 'rejected', remoteText: null };
  try {
    return { value: await read(found) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { problem: error.problem, remoteText: error.remoteText };
  }
}
