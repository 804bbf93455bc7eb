import type * as z from 'zod';

/**
 * What the secret of a partner holds, as `schema` has it.
 * @throws Error that names what is wrong, and shows none of it
 */
export function parseSecret<Schema extends z.ZodType>(schema: Schema, owner: string, text: string): z.output<Schema> {
  const parsed = schema.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the whole'} (${code})`);
  throw new Error(`The secret of ${owner} is not usable: ${faults.join(', ')}. docs/deploying.md says what it holds.`);
}

/** What is no JSON is undefined: the parser's own error would show a part of it. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
