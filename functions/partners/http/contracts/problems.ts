import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const PARTNER_PROBLEMS: readonly DocumentedProblem[] = [
  { ...problems.PARTNER_NOT_FOUND, meaning: 'The platform calls no partner of this name; `GET /partners` lists them.' },
  {
    ...problems.INSTANCE_NOT_FOUND,
    meaning: 'The instance was never registered, or it was deregistered. An instance that lives registers again.',
  },
  {
    ...problems.DUPLICATE_INSTANCE,
    meaning: 'Nothing was changed. Deregister the instance first when its address is to change.',
  },
];
