/** Requests that are refused for some of their fields. */
import { type FieldError, Problem } from './problem.ts';
import { INVALID_REQUEST } from './problems.ts';

export type BodyFault = Extract<FieldError, { readonly pointer: string }>;
export type ParameterFault = Extract<FieldError, { readonly parameter: string }>;

/** An answer names so many faults at most: a body can have thousands. */
const MOST_NAMED = 50;

export const unknownParameter = (parameter: string): ParameterFault => ({
  parameter,
  detail: 'This parameter is not known.',
});

export const invalidBody = (faults: readonly BodyFault[]): Problem =>
  invalid(faults, ({ pointer }) => pointer || 'The body');

export const invalidQuery = (faults: readonly ParameterFault[]): Problem =>
  invalid(faults, ({ parameter }) => parameter);

/** RFC 6901. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function invalid<Fault extends FieldError>(faults: readonly Fault[], placeOf: (fault: Fault) => string): Problem {
  const errors = faults.slice(0, MOST_NAMED);
  const sentences = errors.map((fault) => `${placeOf(fault)}: ${fault.detail}`);
  return new Problem(INVALID_REQUEST, sentences.join('; '), { errors });
}
