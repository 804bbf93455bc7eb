/** The types of problems that only requests about partners have. */
import { Problem } from '../../shared/http/problem.ts';
import type { ProblemType } from '../../shared/http/problems.ts';
import { DuplicateInstance, InstanceNotFound, ServiceNotFound } from '../domain/errors.ts';

export const PARTNER_NOT_FOUND: ProblemType = {
  kind: 'partner-not-found',
  status: 404,
  title: 'There is no such partner',
};
export const INSTANCE_NOT_FOUND: ProblemType = {
  kind: 'instance-not-found',
  status: 404,
  title: 'The partner has no such instance',
};
export const DUPLICATE_INSTANCE: ProblemType = {
  kind: 'duplicate-instance',
  status: 409,
  title: 'The partner has this instance already',
};

/** The same answer; a refusal that has a type of its own becomes that problem. */
export const refusalsAsProblems =
  <Request, Answer>(answer: (request: Request) => Promise<Answer>) =>
  async (request: Request): Promise<Answer> => {
    try {
      return await answer(request);
    } catch (error) {
      const type = typeOf(error);
      throw type === undefined ? error : new Problem(type, (error as Error).message, { cause: error });
    }
  };

function typeOf(error: unknown): ProblemType | undefined {
  if (error instanceof ServiceNotFound) return PARTNER_NOT_FOUND;
  if (error instanceof InstanceNotFound) return INSTANCE_NOT_FOUND;
  return error instanceof DuplicateInstance ? DUPLICATE_INSTANCE : undefined;
}
