/** The parameters in the path of a request. */
import { validate as isUuid } from 'uuid';
import { Problem } from './problem.ts';
import { INVALID_REQUEST } from './problems.ts';

/** Ids that the platform gives out: UUIDs, of which it writes the lower case, and reads both (RFC 9562, 4). */
const OWN_IDS: readonly string[] = ['orderId', 'returnId', 'taskId', 'letterId'];

/**
 * API Gateway hands the parameters of a path over as the client wrote them, percent-encoded or not. They are decoded once:
 * nothing that this API names has a `%` in its name, so that one which is decoded already stays as it is.
 * @throws Problem for escapes that are no UTF-8 text
 */
export function pathParametersOf(
  given: Readonly<Record<string, string | undefined>> | null,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, text = '']) => {
      const decoded = decodedParameter(name, text);
      return [name, OWN_IDS.includes(name) && isUuid(decoded) ? decoded.toLowerCase() : decoded];
    }),
  );
}

function decodedParameter(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const detail = 'The escapes with % are no UTF-8 text. Encode each byte of a character, such as | as %7C.';
    throw new Problem(INVALID_REQUEST, `${name}: ${detail}`, { errors: [{ parameter: name, detail }], cause });
  }
}
