import { type DocumentedProblem } from '../../../shared/http/documented-problems.ts';
import * as problems from '../problems.ts';

export const ORDER_PROBLEMS: readonly DocumentedProblem[] = [
  {
    ...problems.ERASURE_NOT_FOUND,
    meaning: 'No erasure with this id was ever requested for the customer.',
  },
  {
    ...problems.RETURN_NOT_FOUND,
    meaning: 'The order is there, but no return with this id was ever requested for it.',
  },
  {
    ...problems.SHIPMENT_NOT_FOUND,
    meaning: 'The order is there, but no shipment with this id was ever requested for it.',
  },
  {
    ...problems.ILLEGAL_TRANSITION,
    meaning:
      'The order is in a status in which this cannot be done; `detail` names it. Read the order again before anything else.',
  },
  {
    ...problems.UNKNOWN_SKU,
    meaning: 'Nothing was ordered. `detail` names the articles; take them out.',
  },
  {
    ...problems.DISCOUNT_NOT_APPLICABLE,
    meaning:
      'Nothing was ordered. `detail` names the code and says why it is refused: leave it out, or change the items.',
  },
  {
    ...problems.NOTHING_TO_CHARGE,
    meaning:
      'Nothing was ordered: the order would be free, and there would be nothing to pay with the card. `detail` says whether to leave a code out or to add an article that has a price.',
  },
  {
    ...problems.ORDER_TOO_LARGE,
    meaning: 'The total is larger than one payment can be. Split the order.',
  },
];
