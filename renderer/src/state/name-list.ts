import type { ServiceView } from '../../../preload/contract';

/** Names of services as a list: `Autoposting or Clipping`. */
export function nameList(
  services: Record<string, ServiceView> | ServiceView[],
  locale: string,
): string {
  const names = Object.values(services).map((service) => service.name);
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
}
