import { expect } from 'vitest';
import type { ServiceConnection, ServiceModule } from '../../main/domain/service';
import type { ServiceProblem } from '../../main/domain/service-error';
import type { SignIn } from '../../main/domain/sign-in';
import { type Handler, json, raw } from '../unit/http/server';

/** What a case may call. */
export interface Connected {
  connection: ServiceConnection;
  signIn: SignIn;
}

/** What has to come of an answer: a value (matched in part), or a ServiceError's problem. */
export type Outcome = { gives: unknown } | { problem: ServiceProblem };

/** One endpoint: the call, the request as it has to go out, and the answers to give. */
export interface EndpointCase {
  id: string;
  call(on: Connected): Promise<unknown>;
  sends: { method: string; url: string; body?: unknown };
  /** False for the calls that come before any key. */
  keyed?: false;
  answers: Record<string, { handler: Handler } & Outcome>;
  /** Where a common error means something else here. */
  errors?: Record<string, Outcome>;
  /** What an empty answer means; `unexpected-shape` unless told otherwise. */
  empty?: Outcome;
  /** A list for a picker: what cannot be read is told as a value. */
  picker?: true;
}

export interface ServiceCases {
  service: ServiceModule;
  basePath: string;
  cases: EndpointCase[];
}

/** Answers with JSON of status 200 and expects this value of it. */
export function gives(body: unknown, value: unknown, status = 200): { handler: Handler } & Outcome {
  return { handler: json(body, status), gives: value };
}

/** Autoposting’s envelope around it. */
export function data(body: unknown, value: unknown, status = 200): { handler: Handler } & Outcome {
  return gives({ success: true, data: body }, value, status);
}

export function noContent(value: unknown): { handler: Handler } & Outcome {
  return { handler: raw('', 204), gives: value };
}

/** Compares what came of a call with what had to. */
export function expectGiven(given: unknown, wanted: unknown): void {
  if (typeof wanted === 'object' && wanted !== null) expect(given).toMatchObject(wanted);
  else expect(given).toBe(wanted);
}
