import { ServiceError, type ServiceProblem } from './service-error';

/** Why a call to a service failed, in the form in which windows are told. */
export interface ServiceFailure {
  problem: ServiceProblem;
  /** The service's own words, for display only. */
  remoteText: string | null;
}

/** What was thrown, if it is the failure of a call to a service. Rethrows anything else: a defect. */
export function asServiceError(thrown: unknown): ServiceError {
  if (!(thrown instanceof ServiceError)) throw thrown;
  return thrown;
}

/** The failure of a call to a service. Rethrows anything else: a defect. */
export function failureOf(thrown: unknown): ServiceFailure {
  const { problem, remoteText } = asServiceError(thrown);
  return { problem, remoteText };
}
