/**
 * Stands in for `@aws-lambda-powertools/jmespath` in the bundles. The idempotency of Powertools finds key and payload by
 * expressions of that language; ours are names of fields, for which a parser and an interpreter are twenty kilobytes of
 * every cold start.
 * See docs/decisions/0020-bundles-know-no-jmespath.md.
 */

/** @throws Error when `expression` is more than the name of a field. */
export function search(expression: string, data: unknown): unknown {
  if (!/^[A-Za-z_]\w*$/.test(expression)) {
    throw new Error(
      `"${expression}" is not the name of a field, and bundled functions know no other JMESPath (lib/bundling/jmespath-field.ts).`,
    );
  }
  return (data as Readonly<Record<string, unknown>>)[expression];
}

/** The functions of the language: none. */
export class PowertoolsFunctions {}
