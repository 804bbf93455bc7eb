import type { Handler } from 'aws-lambda';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { checkWaitingOrders } from './application/keep-waiting-orders.ts';
import type { KeeperDeps } from './application/ports.ts';
import { keeping } from './composition.ts';

/** Every minute: takes the place of a timer that is lost, or that is later than a circuit has closed. */
export const makeHandler = (deps: KeeperDeps) => scheduledHandler(() => checkWaitingOrders(deps));

export const handler: Handler = makeHandler(keeping());
