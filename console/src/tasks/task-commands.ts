import type { AnyTask } from '../api/types.ts';

/** A command on a task, under the name that the API gives it in `commands`, which is the last part of its path. */
export type TaskCommandId =
  | 'claim'
  | 'release'
  | 'escalate'
  | 'resume'
  | 'done-outside'
  | 'write-off'
  | 'approve-write-off';

export interface TaskCommand {
  readonly id: TaskCommandId;
  readonly scope: string;
  /** The text that goes with it: `evidence` and `reason` have to be given. */
  readonly text: 'none' | 'comment' | 'reason' | 'evidence';
  /** Whether it ends the task, so that nobody looks at it again. */
  readonly final: boolean;
}

export const TASK_COMMANDS: readonly TaskCommand[] = [
  { id: 'claim', scope: 'orders:recover', text: 'none', final: false },
  { id: 'resume', scope: 'orders:recover', text: 'comment', final: false },
  { id: 'done-outside', scope: 'orders:recover', text: 'evidence', final: true },
  { id: 'write-off', scope: 'orders:recover', text: 'reason', final: true },
  { id: 'approve-write-off', scope: 'orders:write-off', text: 'comment', final: true },
  { id: 'escalate', scope: 'orders:recover', text: 'comment', final: false },
  { id: 'release', scope: 'orders:recover', text: 'none', final: false },
];

/**
 * What the operator can do with the task: what the API says that some operator can, without what this one may not, or would be refused.
 * @param me the id of the operator
 */
export function taskCommandsFor(task: AnyTask, me: string, may: (scope: string) => boolean): readonly TaskCommand[] {
  const { claimant, commands } = task;
  const proposer = 'proposer' in task ? task.proposer : undefined;
  const isAnothers = claimant !== undefined && claimant !== me;
  return TASK_COMMANDS.filter(({ id, scope }) => {
    if (!commands.includes(id) || !may(scope)) return false;
    // Writing off takes two people.
    if (id === 'approve-write-off') return proposer !== me;
    if (id === 'claim') return claimant === undefined;
    if (id === 'release') return claimant !== undefined;
    return id === 'escalate' || !isAnothers;
  });
}

/** The body of the command, or undefined while a text is missing that it needs. */
export function taskBodyOf({ text }: TaskCommand, written: string): Readonly<Record<string, string>> | undefined {
  const words = written.trim();
  switch (text) {
    case 'none':
      return {};
    case 'comment':
      return words === '' ? {} : { comment: words };
    case 'reason':
      return words === '' ? undefined : { comment: words };
    case 'evidence':
      return words === '' ? undefined : { evidence: words };
  }
}
