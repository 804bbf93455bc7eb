/** The structured lines that functions write, and how a person reads them. */

export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As its source file is called, such as `reserve-inventory`. */
  readonly functionName: string;
  /** The bounded context. */
  readonly service?: string;
  readonly level: string;
  readonly message: string;
  readonly orderId?: string;
  readonly correlationId?: string;
  /** Everything else that it says. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What every line of the logger has, and says nothing about an order. */
const OF_THE_LOGGER = ['sampling_rate', 'xray_trace_id'];
const MARKS: Readonly<Record<string, string>> = { ERROR: '✗', CRITICAL: '✗', WARN: '!' };
const NAME_WIDTH = 24;

/** A line of a function's log; undefined for what is no structured line, such as Lambda's own and metrics. */
export function parseLogLine(text: string, functionName: string): LogLine | undefined {
  const line = objectIn(text);
  const { timestamp, level, message, service, orderId, correlationId, ...others } = line ?? {};
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at) || typeof level !== 'string' || typeof message !== 'string') return undefined;
  return {
    at,
    functionName,
    level,
    message,
    ...(typeof service === 'string' ? { service } : {}),
    ...(typeof orderId === 'string' ? { orderId } : {}),
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
    fields: Object.fromEntries(Object.entries(others).filter(([name]) => !OF_THE_LOGGER.includes(name))),
  };
}

/** Such as `2026-11-27 04:13:17.204 ✗ authorise-payment         The step did not succeed.  error PaymentDeclined`. */
export function shownLine({ at, level, functionName, message, fields }: LogLine): string {
  const time = new Date(at).toISOString().replace('T', ' ').slice(0, -1);
  const mark = MARKS[level] ?? ' ';
  return `${time} ${mark} ${functionName.padEnd(NAME_WIDTH)}  ${message}  ${details(fields)}`.trimEnd();
}

/** The name of the function whose log has this path: `…/Waybill-Stateless-ReserveInventory38CFABB9.log` is `reserve-inventory`. */
export const functionNameOf = (file: string): string =>
  /(?:^|[-/\\])([^-/\\]+?)(?:[0-9A-F]{8})?\.log$/
    .exec(file)![1]!
    .replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();

const details = (fields: LogLine['fields']): string =>
  Object.entries(fields)
    // `npm run trace` shows it.
    .filter(([name]) => name !== 'span')
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(' · ');

/** An error without its stack, which the log file has. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, message } = value as { readonly name?: unknown; readonly message?: unknown };
  return typeof name === 'string' && typeof message === 'string' ? `${name}: ${message}` : JSON.stringify(value);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
