import type { AddressOverride, ServiceModule } from '../domain/service';
import { acceptableBaseUrl } from './url';

/** Where a service is called. */
export interface ServiceAddress {
  /** Empty if the address that was set cannot be used: the service's own is not called instead. */
  baseUrl: string;
  /** Null for the service's own address. */
  override: AddressOverride | null;
}

/** The address of a service: its own, or the one that its environment variable sets. */
export function serviceAddress(
  { baseUrl, baseUrlVariable: variable }: Pick<ServiceModule, 'baseUrl' | 'baseUrlVariable'>,
  environment: Readonly<Record<string, string | undefined>>,
): ServiceAddress {
  const text = environment[variable]?.trim() ?? '';
  if (text === '') return { baseUrl, override: null };
  try {
    const other = acceptableBaseUrl(text);
    return { baseUrl: other, override: { variable, origin: new URL(other).origin } };
  } catch {
    return { baseUrl: '', override: { variable, origin: null } };
  }
}
