import type { Message } from 'esbuild';

/** What is wrong with a source, with file and line where that is known, for the person who has just saved it. */
export function faultIn(error: unknown): string {
  const { errors } = error as { readonly errors?: readonly Message[] };
  if (errors === undefined) return error instanceof Error ? error.message : String(error);
  return errors
    .map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
    )
    .join('\n');
}
