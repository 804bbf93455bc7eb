import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { deployedStatements } from './adapters/bank/deployed-statements.ts';
import { readStatements, type StatementDeps } from './application/read-statements.ts';
import { deployedReturns } from './composition.ts';

/** Reads what was booked on the shop's account at the bank, and records what was transferred for orders. */
export const makeHandler = (deps: StatementDeps) => scheduledHandler(() => readStatements(deps));

export const handler = makeHandler({ ...deployedReturns(), ...deployedStatements() });
