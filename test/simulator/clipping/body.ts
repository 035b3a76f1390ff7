import { z } from 'zod';
import { type Call, checked } from '../wire/json-service';

/** The fields of the body; unknown ones are ignored. Throws ApiError 400. */
export function bodyOf<T extends z.ZodRawShape>(call: Call, fields: T) {
  return checked(call, z.object(fields), (field) => `o campo ${field} falta ou não é válido`);
}
