import * as z from 'zod';
import type { PublicRequest } from '../edge/api.ts';
import { type FieldError, Problem } from './problem.ts';

/** Items of a page unless the client says otherwise, and the most that it can ask for. */
export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;

const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'A whole number is expected.')
  .transform(Number)
  .refine((value) => value >= 1 && value <= MAX_LIMIT, `From 1 to ${MAX_LIMIT}.`);

/** The `limit` of every query that has pages. */
export const limitParameter = limit.default(DEFAULT_LIMIT);
/** As `limitParameter`, for what is mostly wanted whole. */
export const generousLimitParameter = limit.default(MAX_LIMIT);

/** The parameters of a query, all of them text. Unknown ones are refused: a misspelt filter must not pass as none. @throws Problem */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, { query }: PublicRequest): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(parameterErrors);
  const detail = errors.map(({ parameter, detail: fault }) => `${parameter}: ${fault}`).join('; ');
  throw new Problem('invalid-request', detail, { errors });
}

function parameterErrors(issue: z.core.$ZodIssue): Extract<FieldError, { readonly parameter: string }>[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((parameter) => ({ parameter, detail: 'This parameter is not known.' }));
  }
  return [{ parameter: String(issue.path[0] ?? 'The query'), detail: issue.message }];
}
