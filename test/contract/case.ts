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

/** What an answer has to lead to: a value (matched in part), or a ServiceError's problem. */
export type Outcome = { gives: unknown } | { problem: ServiceProblem };

/** One endpoint: the call, the request that has to be sent, and the answers to give. */
export interface EndpointCase {
  id: string;
  call(on: Connected): Promise<unknown>;
  sends: { method: string; url: string; body?: unknown };
  /** False for the calls that come before any key. */
  keyed?: false;
  answers: Record<string, { handler: Handler } & Outcome>;
  /** Where a common error means something else here. */
  errors?: Record<string, Outcome>;
  /** What an empty answer leads to; `unexpected-shape` unless given. */
  empty?: Outcome;
  /** A list for a picker: that it cannot be read is returned as a value, not thrown. */
  picker?: true;
}

export interface ServiceCases {
  service: ServiceModule;
  basePath: string;
  cases: EndpointCase[];
}

/** Answers with JSON and status 200, and expects this value of it. */
export function gives(body: unknown, value: unknown, status = 200): { handler: Handler } & Outcome {
  return { handler: json(body, status), gives: value };
}

/** The same in Autoposting’s envelope. */
export function data(body: unknown, value: unknown, status = 200): { handler: Handler } & Outcome {
  return gives({ success: true, data: body }, value, status);
}

export function noContent(value: unknown): { handler: Handler } & Outcome {
  return { handler: raw('', 204), gives: value };
}

/** Compares what a call led to with what it should. */
export function expectGiven(given: unknown, wanted: unknown): void {
  if (typeof wanted === 'object' && wanted !== null) expect(given).toMatchObject(wanted);
  else expect(given).toBe(wanted);
}
