import { parseArgs } from 'node:util';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';

export const USAGE = `Usage: npm run trace -- --order <id> [--otlp]

  --order <id>   the order whose trace is shown: requests, events on their way, sagas with their states, steps, calls to partners
  --otlp         prints the trace as a request of OpenTelemetry's protocol (OTLP/HTTP in JSON, POST /v1/traces) instead

A line for each span: when it began after the first one, how long it took, what it was, and who did it; ✗ marks what failed. What the logs of the
instance on WAYBILL_DATA (default .waybill) say is shown whether or not it runs; its sagas only while it runs. To have all spans
of an instance sent to a collector, set OTEL_EXPORTER_OTLP_ENDPOINT and run npm start.`;

export interface RequestedTrace {
  readonly orderId: OrderId;
  readonly otlp: boolean;
}

/** What the arguments of the program ask for. @throws Error that says what is wrong with them, with the usage */
export function requestedTrace(args: readonly string[]): RequestedTrace | 'help' {
  const { order, otlp = false, help } = valuesOf(args);
  if (help) return 'help';
  if (order === undefined) throw new Error(`--order is missing.\n${USAGE}`);
  try {
    // A trace is called as its order is, without dashes.
    return {
      orderId: parseOrderId(order.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')),
      otlp,
    };
  } catch (cause) {
    throw new Error(
      `--order is "${order}"; expected the id of an order, such as 236b382e-c96e-520c-a75b-9e0b6fcb10e9, or of its trace.`,
      { cause },
    );
  }
}

function valuesOf(args: readonly string[]) {
  try {
    const options = {
      order: { type: 'string' },
      otlp: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
