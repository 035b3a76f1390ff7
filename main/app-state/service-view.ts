import type { ServiceView } from '../../preload/contract';
import type { ServiceModule } from '../domain/service';

/** A service as windows show it: what its accounts can do, and whether it has pages to open. */
export function serviceView(
  service: ServiceModule,
  { capabilities, override }: Pick<ServiceView, 'capabilities' | 'override'>,
): ServiceView {
  return {
    id: service.id,
    name: service.name,
    keyHeaders: service.keyHeaders,
    acceptsUploads: service.acceptsUploads,
    hasKeyPage: service.keyPage !== null,
    hasBalancePage: service.balancePage !== null,
    kinds: service.kinds,
    coinsPerPoll: service.coinsPerPoll,
    override,
    capabilities,
  };
}
