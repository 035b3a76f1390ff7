import type { ServiceModule } from '../domain/service';
import { ServiceError } from '../domain/service-error';

/** What accounts of a service can do besides being polled, as its connection says. */
export function capabilitiesOf(service: ServiceModule) {
  // A connection makes no request until one of its methods is called.
  const none = async () => {
    throw new ServiceError('key-missing');
  };
  const { executions, clips, publishing, credits } = service.connect(
    { request: none },
    { accountId: '', baseUrl: service.baseUrl, keyHeader: service.keyHeaders[0], key: none },
  );
  return {
    executions: executions !== null,
    clips: clips !== null,
    publishing: publishing !== null,
    signIn: service.signIn !== null,
    liveChannel: service.realtime !== null,
    credits: credits !== null,
  };
}
