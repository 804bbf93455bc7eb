import { AwsError, type Json, type JsonObject } from '../contracts.ts';
import { compilePattern, InvalidPattern, type Predicate } from '../event-pattern.ts';

/** What an event must have for TestEventPattern. */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/**
 * Whether an event matches a pattern, both JSON text.
 * @throws AwsError `InvalidEventPatternException`, or `ValidationException` for what is no event
 */
export function testEventPattern({ EventPattern, Event }: JsonObject): boolean {
  const matches = readPattern(EventPattern);
  const event = parsed(Event);
  const isEvent =
    typeof event === 'object' &&
    event !== null &&
    !Array.isArray(event) &&
    MANDATORY.every((name) => typeof event[name] === 'string');
  if (!isEvent) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
  return matches(event);
}

/** A pattern as a request has it, which is valid. @throws AwsError `InvalidEventPatternException` */
export function patternIn(text: Json | undefined): JsonObject {
  readPattern(text);
  return parsed(text) as JsonObject;
}

function readPattern(text: Json | undefined): Predicate {
  try {
    const pattern = parsed(text);
    if (pattern === undefined) throw new InvalidPattern('Filter is not an object');
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
}

function parsed(text: Json | undefined): Json | undefined {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}
