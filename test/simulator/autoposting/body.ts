import { z } from 'zod';
import { ApiError, type Call, checked } from '../wire/json-service';

/**
 * The fields of the body; a shape decides whether unknown ones are refused. Throws ApiError 400.
 */
export function bodyOf<T extends z.ZodRawShape>(call: Call, fields: T) {
  const strict = call.world.shapes.get('autoposting.unknownFields') === 'rejected';
  const schema = strict ? z.strictObject(fields) : z.object(fields);
  return checked(call, schema, (field, problem) => `${field}: ${problem}`);
}

/** A whole number from the query. Throws ApiError 400. */
export function wholeNumber(call: Call, name: string, fallback: number, min: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (!/^\d+$/.test(text) || Number(text) < min) {
    throw new ApiError(400, undefined, `${name}: must be a whole number from ${min}`);
  }
  return Number(text);
}
