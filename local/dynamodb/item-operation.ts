import type { JsonObject } from '../contracts.ts';
import { type Consumption, consumedBy, consumedByRefusal, isTransaction } from './capacity.ts';
import type { EngineAnswer } from './engine-client.ts';

export interface ItemOperation {
  readonly operation: string;
  readonly request: JsonObject;
  /** The request as JSON text. @default it is written from `request` */
  readonly body?: string;
}

export interface Carried extends EngineAnswer {
  /** What AWS would bill. */
  readonly consumed: readonly Consumption[];
}

/** A member of the answer that comes last in both engines' texts. */
const CAPACITY = /,?"ConsumedCapacity":(\{[^{}]*\}|\[[^[\]]*\])\}$/;

/**
 * Carries out an operation on items. The engine is asked what capacity it consumed, for the bill, and callers who did not ask for that do not
 * get it. The answer passes as text: to read and write again what an order's functions read would take as long as to carry it.
 * @param send gets the request as text
 */
export async function carryOut(
  { operation, request, body = JSON.stringify(request) }: ItemOperation,
  send: (body: string) => Promise<EngineAnswer>,
): Promise<Carried> {
  const asked = request['ReturnConsumedCapacity'];
  const isAsked = asked !== undefined && asked !== 'NONE';
  const isBilledByAnswer = !isAsked && !isTransaction(operation);
  const { status, text } = await send(isBilledByAnswer ? askingForCapacity(request, body) : body);
  if (status !== 200) return { status, text, consumed: consumedByRefusal(operation, request, errorTypeOf(text)) };
  if (!isBilledByAnswer) {
    return { status, text, consumed: consumedBy(operation, request, isAsked ? parse(text) : {}) };
  }
  const { capacity, rest } = withoutCapacity(text);
  return { status, text: rest, consumed: consumedBy(operation, request, { ConsumedCapacity: capacity }) };
}

/** Such as `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`. */
const errorTypeOf = (text: string): string => (parse(text).__type as string | undefined) ?? 'InternalServerError';

function askingForCapacity(request: JsonObject, body: string): string {
  const isAppendable = request['ReturnConsumedCapacity'] === undefined && body.startsWith('{"');
  return isAppendable
    ? `{"ReturnConsumedCapacity":"TOTAL",${body.slice(1)}`
    : JSON.stringify({ ...request, ReturnConsumedCapacity: 'TOTAL' });
}

function withoutCapacity(text: string): { readonly capacity: JsonObject; readonly rest: string } {
  const last = CAPACITY.exec(text.slice(-LONGEST_CAPACITY));
  if (last !== null) return { capacity: parse(last[1]!), rest: `${text.slice(0, text.length - last[0].length)}}` };
  const { ConsumedCapacity, ...rest } = parse(text);
  return { capacity: (ConsumedCapacity ?? []) as JsonObject, rest: JSON.stringify(rest) };
}

/** Enough for the names of the tables of a batch; an expression that looked for it in all of an answer would read the answer. */
const LONGEST_CAPACITY = 4_096;

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;
