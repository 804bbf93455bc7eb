import type { DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import { STOCK_NOT_FOUND } from '../problems.ts';

export const INVENTORY_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...STOCK_NOT_FOUND,
    meaning: 'Nothing of this article ever arrived. The first movement of an article is a receipt.',
  },
];
