import { ServiceError, type ServiceProblem } from './service-error';

/** Why a call to a service failed, in the form that windows get. */
export interface ServiceFailure {
  problem: ServiceProblem;
  /** The service's own words, for display only. */
  remoteText: string | null;
}

/** The thrown value, if it is the failure of a call to a service. Rethrows anything else: a defect. */
export function asServiceError(thrown: unknown): ServiceError {
  if (!(thrown instanceof ServiceError)) throw thrown;
  return thrown;
}

/** The failure of a call to a service. Rethrows anything else: a defect. */
export function failureOf(thrown: unknown): ServiceFailure {
  const { problem, remoteText } = asServiceError(thrown);
  return { problem, remoteText };
}
