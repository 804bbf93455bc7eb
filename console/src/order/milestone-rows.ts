import type { Milestone } from '../api/types.ts';

export interface MilestoneRow {
  readonly name: Milestone['name'];
  readonly state: 'met' | 'met_late' | 'late' | 'to_come';
  /** When it was met. */
  readonly metAt?: string;
  /** By when it is expected, while it is to come. */
  readonly expectedAt?: string;
  /** By when it was promised, where that is another time than the one that is expected, or is past. */
  readonly promisedAt?: string;
}

/** The milestones as the page shows them: each with no more times than say something. */
export const milestoneRows = (milestones: readonly Milestone[]): readonly MilestoneRow[] =>
  milestones.map(({ name, metAt, expectedAt, promisedAt, late }) => {
    const isPromiseShown = promisedAt !== undefined && (late || (metAt === undefined && promisedAt !== expectedAt));
    return {
      name,
      state: stateOf(metAt !== undefined, late),
      ...(metAt === undefined ? {} : { metAt }),
      // What has passed by is not expected any more.
      ...(metAt !== undefined || expectedAt === undefined || (late && expectedAt === promisedAt) ? {} : { expectedAt }),
      ...(isPromiseShown ? { promisedAt } : {}),
    };
  });

function stateOf(isMet: boolean, late: boolean): MilestoneRow['state'] {
  if (isMet) return late ? 'met_late' : 'met';
  return late ? 'late' : 'to_come';
}
