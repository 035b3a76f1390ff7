import type { ServiceModule } from '../domain/service';

/** The origin that a secret is wanted for, and the one that it counts as saved for if nothing says so. */
export interface SecretOrigin {
  origin: string;
  /** Earlier editions kept no origin: their secrets were for the service's own address. */
  defaultOrigin: string;
}

/** Empty for no URL: no secret is ever saved for that. */
const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : '');

/** What the store needs to know before it hands out a secret for calls to `baseUrl`. */
export function secretOrigin(service: ServiceModule, baseUrl: string): SecretOrigin {
  return { origin: originOf(baseUrl), defaultOrigin: originOf(service.baseUrl) };
}
