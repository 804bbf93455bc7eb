import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { deployedStatements } from './adapters/bank/deployed-statements.ts';
import { type ForgetReasonsDeps, forgetReasons } from './application/forget-reasons.ts';
import { readStatements, type StatementDeps } from './application/read-statements.ts';
import { type SettleTransfersDeps, settleTransfers } from './application/settle-transfers.ts';
import { deployedReturns } from './composition.ts';

/**
 * Carries out what people have decided about transfers, reads what was booked on the shop's account at the bank, and records what was transferred
 * for orders. At last it forgets what people wrote about transfers that are settled for long.
 */
export const makeHandler = (deps: StatementDeps & SettleTransfersDeps & ForgetReasonsDeps) =>
  scheduledHandler(async () => {
    try {
      await settleTransfers(deps);
    } finally {
      // A transfer that cannot go back now holds up nobody's money.
      await readStatements(deps);
    }
    await forgetReasons(deps);
  });

export const handler = makeHandler({ ...deployedReturns(), ...deployedStatements() });
