import { Problem } from './problem.ts';
import { UNSUPPORTED_MEDIA_TYPE } from './problems.ts';

/** RFC 9110, 8.3.1: JSON, and its parameters. Types with `+json` say what the JSON is, and none of them is what this API takes. */
const JSON_TYPE = /^application\/json(?<parameters>(?:\s*;\s*[\w.+-]+=(?:[\w.+:-]+|"[^"]*"))*)[\s;]*$/i;
const CHARSET = /;\s*charset="?([^";\s]*)/gi;

/**
 * Sees that a body can be read: JSON in UTF-8 (RFC 8259, 8.1) that is not compressed. API Gateway hands compressed bodies over as
 * they are.
 * @throws Problem 415
 */
export function checkMediaType(headers: Readonly<Record<string, string | undefined>>): void {
  const type = headers['content-type'] ?? 'missing';
  const parameters = JSON_TYPE.exec(type)?.groups!['parameters'];
  if (parameters === undefined) throw unsupported(`Content-Type is ${type}; expected application/json.`);
  for (const [, charset] of parameters.matchAll(CHARSET)) {
    if (!/^utf-?8$/i.test(charset!)) throw unsupported(`The charset is ${charset}; expected utf-8.`);
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!/^identity$/i.test(encoding)) throw unsupported(`Content-Encoding is ${encoding}; send the body as it is.`);
}

const unsupported = (detail: string): Problem => new Problem(UNSUPPORTED_MEDIA_TYPE, detail);
