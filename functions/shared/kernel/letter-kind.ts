/**
 * Whose letters a dead-letter queue gets:
 * - `consumer`: of a queue whose function could not handle them, or which a rule could not reach;
 * - `rule`: of a rule that could not reach a queue in which people look, and no function;
 * - `schedule`: calls of a function on schedule;
 * - `stream`: the place in a stream of what a relay could not publish.
 */
export const LETTER_KINDS = ['consumer', 'rule', 'schedule', 'stream'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];
