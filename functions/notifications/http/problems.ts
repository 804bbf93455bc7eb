/** The types of problems that only requests about notifications have. */
import type { ProblemType } from '../../shared/http/problems.ts';

export const TEMPLATE_NOT_FOUND: ProblemType = {
  kind: 'template-not-found',
  status: 404,
  title: 'There is no such template',
};
