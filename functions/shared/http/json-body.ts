import { faultsOfJson } from './i-json.ts';
import { invalidBody } from './invalid-request.ts';
import { Problem } from './problem.ts';
import { BODY_TOO_LARGE, MALFORMED_JSON } from './problems.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** The value of a body of I-JSON. @throws Problem */
export function jsonIn(text: string): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BODY_BYTES) {
    throw new Problem(BODY_TOO_LARGE, `The body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are taken.`);
  }
  if (text.startsWith('\ufeff')) throw malformed('The body begins with a byte order mark; expected none.');
  // API Gateway puts this character where the bytes were no UTF-8.
  if (text.includes('\ufffd')) throw malformed('The body has bytes that are no UTF-8, or U+FFFD; expected neither.');
  const value = parsed(text);
  const faults = faultsOfJson(text);
  if (faults.length > 0) throw invalidBody(faults);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(`The body is not JSON: ${reasonIn(cause as Error)}.`);
  }
}

/** V8's message without the piece of the body that it repeats. */
const reasonIn = ({ message }: Error): string =>
  message.replace(/,? ?(?:\.\.\.)?".*(?: is not valid JSON)$/s, '') || 'it is no value';

const malformed = (detail: string): Problem => new Problem(MALFORMED_JSON, detail);
