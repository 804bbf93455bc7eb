import { DEAD_LETTER_PROBLEMS } from '../dead-letters/http/contracts/problems.ts';
import { INVENTORY_PROBLEMS } from '../inventory/http/contracts/problems.ts';
import { LEDGER_PROBLEMS } from '../ledger/http/contracts/problems.ts';
import { NOTIFICATION_PROBLEMS } from '../notifications/http/contracts/problems.ts';
import { ORDER_PROBLEMS } from '../orders/http/contracts/problems.ts';
import { PARTNER_PROBLEMS } from '../partners/http/contracts/problems.ts';
import { PAYMENT_PROBLEMS } from '../payments/http/contracts/problems.ts';
import { RECOVERY_PROBLEMS } from '../recovery/http/contracts/problems.ts';
import { type DocumentedProblem, SHARED_PROBLEMS } from '../shared/http/documented-problems.ts';
import { SHIPPING_PROBLEMS } from '../shipping/http/contracts/problems.ts';

/** Every type of problem that the API answers with, by status. */
export const PROBLEMS: readonly DocumentedProblem[] = [
  ...ORDER_PROBLEMS,
  ...NOTIFICATION_PROBLEMS,
  ...INVENTORY_PROBLEMS,
  ...RECOVERY_PROBLEMS,
  ...DEAD_LETTER_PROBLEMS,
  ...PAYMENT_PROBLEMS,
  ...SHIPPING_PROBLEMS,
  ...PARTNER_PROBLEMS,
  ...LEDGER_PROBLEMS,
  ...SHARED_PROBLEMS,
].sort((one, other) => one.status - other.status);
