import type { ServiceId } from '../domain/account';
import type { ServiceModule } from '../domain/service';
import { autoposting } from './autoposting/module';
import { clipping } from './clipping/module';

/** Every service that the app knows, in the order in which they are offered. The only such list. */
export const serviceModules: ServiceModule[] = [autoposting, clipping];

/** The service with that id, or null: a stored account may name a service that no longer exists. */
export function serviceById(id: ServiceId): ServiceModule | null {
  return serviceModules.find((service) => service.id === id) ?? null;
}
