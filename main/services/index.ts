import type { ServiceId } from '../domain/account';
import type { ServiceModule } from '../domain/service';
import { autoposting } from './autoposting/module';
import { clipping } from './clipping/module';

/** Every service the app knows, in the order in which they are offered. The only list of them. */
export const serviceModules: ServiceModule[] = [autoposting, clipping];

/** The service of that id, or null: a stored account may name one that is no longer there. */
export function serviceById(id: ServiceId): ServiceModule | null {
  return serviceModules.find((service) => service.id === id) ?? null;
}
