import { parseArgs } from 'node:util';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { sinceIn } from './since.ts';

export const USAGE = `Usage: npm run logs -- --order <id> [--since <when>] [--follow]

  --order <id>     the order whose way through all functions is shown: the API, consumers of events, steps of sagas
  --since <when>   leaves out what is older: a number with s, m, h or d, such as 10m, or a time such as 2026-11-27T04:13:00Z
  --follow         goes on with what is written from now on, until Ctrl-C

One line for each line in the functions' logs, in the order of time (UTC): ✗ marks errors, ! marks warnings. The logs are
those of the instance on WAYBILL_DATA (default .waybill), which need not run. They have ids, names and counts, and no
personal data.`;

export interface RequestedLogs {
  readonly orderId: OrderId;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly follow: boolean;
}

/** What the arguments of the program ask for. @throws Error that says what is wrong with them, with the usage */
export function requestedLogs(args: readonly string[], now: number): RequestedLogs | 'help' {
  const { order, since, follow = false, help } = valuesOf(args);
  if (help) return 'help';
  if (order === undefined) throw new Error(`--order is missing.\n${USAGE}`);
  return { orderId: idIn(order), since: sinceIn(since, now), follow };
}

function valuesOf(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = {
      order: text,
      since: text,
      follow: { ...flag, short: 'f' },
      help: { ...flag, short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

export function idIn(text: string): OrderId {
  try {
    return parseOrderId(text.toLowerCase());
  } catch (cause) {
    throw new Error(
      `--order is "${text}"; expected the id of an order, such as 236b382e-c96e-520c-a75b-9e0b6fcb10e9.`,
      { cause },
    );
  }
}
