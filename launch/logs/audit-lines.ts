import { parseArgs } from 'node:util';
import { withoutAddress } from '../../functions/shared/edge/audit-trail.ts';
import type { LogLine } from './log-line.ts';
import { idIn } from './requested-logs.ts';
import { sinceIn } from './since.ts';

export const USAGE = `Usage: npm run audit-trail [-- [--operator <id>] [--order <id>] [--customer <id>] [--operation <name>] [--since <when>]]

  --operator <id>      what this operator asked for, by the subject of the token
  --order <id>         who asked for this order, or did something about it
  --customer <id>      who asked for this customer
  --operation <name>   such as searchOrders, as the API document calls it
  --since <when>       leaves out what is older: a number with s, m, h or d, such as 10m, or a time such as 2026-11-27T04:13:00Z

A line for each request of an operator, in the order of time (UTC): who, what for, what came of it, and the ids of the request. Words that were searched for are
left out: they are somebody's name or address. The logs are those of the instance on WAYBILL_DATA (default .waybill), which need not run; for AWS,
docs/operating.md has the query.`;

/** Which requests of operators are asked for. */
export interface RequestedTrail {
  readonly operator?: string;
  readonly order?: string;
  readonly customer?: string;
  readonly operation?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** What the arguments of the program ask for. @throws Error that says what is wrong with them, with the usage */
export function requestedTrail(args: readonly string[], now: number): RequestedTrail | 'help' {
  const text = { type: 'string' } as const;
  const options = { operator: text, order: text, customer: text, operation: text, since: text } as const;
  const { since, order, help, ...others } = (() => {
    try {
      return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
    } catch (cause) {
      throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
    }
  })();
  if (help) return 'help';
  return { ...others, ...(order === undefined ? {} : { order: idIn(order) }), since: sinceIn(since, now) };
}

/** Whether a line of a log is of the trail, and is what is asked for. */
export function isOfTrail({ at, orderId, fields }: LogLine, requested: RequestedTrail): boolean {
  const { operator, order, customer, operation, since } = requested;
  const about = (fields.about ?? {}) as { readonly orderId?: string; readonly customerId?: string };
  if (fields.operator === undefined || at < since) return false;
  return (
    (operator === undefined || fields.operator === operator) &&
    (order === undefined || orderId === order || about.orderId?.toLowerCase() === order) &&
    (customer === undefined || about.customerId === withoutAddress(customer)) &&
    (operation === undefined || fields.operation === operation)
  );
}

/** Such as `2026-11-27 04:13:17.204  O1  searchOrders  200  by email  correlation …  request …`. */
export function shownRequest({ at, correlationId, orderId, fields }: LogLine): string {
  const {
    operator,
    operation,
    status,
    about = {},
    by = [],
    request,
  } = fields as {
    readonly about?: Readonly<Record<string, string>>;
    readonly by?: readonly string[];
    readonly request?: string;
  } & Readonly<Record<string, unknown>>;
  const ids = Object.entries({ ...(orderId === undefined ? {} : { orderId }), ...about });
  return [
    new Date(at).toISOString().replace('T', ' ').slice(0, -1),
    operator,
    operation,
    status,
    ...ids.map(([name, id]) => `${name} ${id}`),
    ...(by.length > 0 ? [`by ${by.join(', ')}`] : []),
    `correlation ${correlationId ?? 'none'}`,
    ...(request === undefined ? [] : [`request ${request}`]),
  ].join('  ');
}
