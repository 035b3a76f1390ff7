import type { z } from 'zod';

/** What a verb takes and returns. Only main has the schema; `response` is a type and never set. */
export interface VerbDeclaration<Schema extends z.ZodType, Response> {
  readonly request: Schema;
  readonly response?: Response;
}

/**
 * Declares a verb: `takes(schema).returns<Response>()`. The request's type is inferred from the
 * schema, which main checks every call against; a response comes from main itself and is not checked.
 */
export function takes<Schema extends z.ZodType>(request: Schema) {
  return {
    returns: <Response>(): VerbDeclaration<Schema, Response> => ({ request }),
  };
}
