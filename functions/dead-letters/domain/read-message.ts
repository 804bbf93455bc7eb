/** What can be read in a message of a dead-letter queue. */
import type { LetterKind } from '../../shared/kernel/letter-kind.ts';
import type { Subject } from './letter.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EVENT_TYPE = /^[A-Za-z]{1,64}$/;

/** What EventBridge says of an event that it could not deliver. */
const ERROR_CODE = 'ERROR_CODE';
const ERROR_MESSAGE = 'ERROR_MESSAGE';

/** Of an event as EventBridge puts it into a queue, or of a message that one function sends to another. */
export function subjectOf(body: string): Subject {
  const message = jsonOf(body);
  const detail = fieldOf(message, 'detail');
  return Object.fromEntries(
    [
      ['eventType', textOf(fieldOf(message, 'detail-type'), EVENT_TYPE)],
      ['eventId', textOf(fieldOf(detail, 'eventId'), ID)],
      ['orderId', textOf(fieldOf(detail, 'orderId') ?? fieldOf(message, 'orderId'), ID)],
    ].filter(([, value]) => value !== undefined),
  ) as Subject;
}

/** The error that the message itself names. @param attributes of the message, by name */
export function errorIn(
  kind: LetterKind,
  body: string,
  attributes: Readonly<Record<string, string>>,
): { readonly error: string; readonly errorMessage?: string } | undefined {
  if (kind === 'stream') {
    // Lambda's words about a batch of a stream that it gives up.
    const failure = jsonOf(body);
    const condition = textOf(fieldOf(fieldOf(failure, 'requestContext'), 'condition'));
    const functionError = textOf(fieldOf(fieldOf(failure, 'responseContext'), 'functionError'));
    return condition === undefined
      ? undefined
      : { error: condition, ...(functionError ? { errorMessage: functionError } : {}) };
  }
  const { [ERROR_CODE]: code, [ERROR_MESSAGE]: words } = attributes;
  return code === undefined ? undefined : { error: code, ...(words === undefined ? {} : { errorMessage: words }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const textOf = (value: unknown, form?: RegExp): string | undefined =>
  typeof value === 'string' && form?.test(value) !== false ? value : undefined;
