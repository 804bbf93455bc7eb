import type { TaskSummary } from '../api/types.ts';

/** Tasks that have the same cause, so that what helps one may help all. */
export interface Cause {
  readonly key: string;
  readonly kind: TaskSummary['kind'];
  readonly step?: string | undefined;
  readonly error?: string | undefined;
  readonly partner?: string | undefined;
  /** First what is due first. */
  readonly tasks: readonly TaskSummary[];
}

/** @param tasks first what is due first; so are the causes */
export function causesOf(tasks: readonly TaskSummary[]): readonly Cause[] {
  const keyOf = ({ kind, step, error, partner }: TaskSummary) => [kind, step, error, partner].join('|');
  return [...Map.groupBy(tasks, keyOf)].map(([key, ofCause]) => {
    const { kind, step, error, partner } = ofCause[0] as TaskSummary;
    return { key, kind, step, error, partner, tasks: ofCause };
  });
}
