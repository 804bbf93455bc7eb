import type * as z from 'zod';
import type { Callers, Route } from './route.ts';

/**
 * The route of an endpoint that changes one order, or one task: it carries out one command.
 * @typeParam Context the folder in `functions/` that the route belongs to
 */
export interface CommandRoute<Context extends string = string, Body extends z.ZodType = z.ZodType>
  extends Route<Context> {
  /** PUT for a command that replaces a part of the order. */
  readonly method: 'POST' | 'PUT';
  readonly callers: Exclude<Callers, 'anyone'>;
  readonly idempotency: true;
  readonly ifMatch: true;
  readonly body: Body;
  /** The field of the answer with the id of what the command brings about, such as `refundId`. @default none */
  readonly names?: string;
}
