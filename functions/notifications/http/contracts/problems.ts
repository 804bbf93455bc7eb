import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const NOTIFICATION_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.TEMPLATE_NOT_FOUND,
    meaning: 'No message is made of a template of this name. The list of templates has them all.',
  },
];
