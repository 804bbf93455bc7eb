import { linkToTask } from './task-path.ts';

interface ChangedTask {
  /** Absent for a task about a book of no order. */
  readonly orderId?: string;
  readonly taskId: string;
  readonly version: number;
}

/**
 * The answer to a command on a task: 202, with the version after it as the ETag.
 * @param replayed whether it is the answer to an earlier request with the same Idempotency-Key
 * @param links beside the one to the task itself
 */
export function acceptedTask<Answer extends ChangedTask>(
  answer: Answer,
  replayed: boolean,
  links: Readonly<Record<string, string>> = {},
) {
  const self = linkToTask(answer);
  return {
    status: 202,
    headers: {
      Location: self,
      ETag: `"${answer.version}"`,
      ...(replayed ? { 'Idempotency-Replayed': 'true' } : {}),
    },
    body: { ...answer, links: { self, ...links } },
  };
}
