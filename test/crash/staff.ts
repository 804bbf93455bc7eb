/** The people of the crash test's shop: they resume what waits for a person, once its cause is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenRequest } from '../../launch/clients/tokens.ts';
import { ConfigurationClient } from '../../launch/config/configuration-client.ts';
import type { PatientClient } from '../fault/real/patient-client.ts';
import type { Bank } from '../support/platform/bank.ts';
import type { Instance } from '../support/platform/instance.ts';

const CLERK: TokenRequest = { sub: 'P1', role: 'operator', scope: 'orders:read orders:recover' };
const MANAGER = 'M1';
const ROUND_EVERY_MS = 5_000;
const WHEN_SHORT = ['backorder', 'partial', 'refuse'] as const;

interface Task {
  readonly taskId: string;
  readonly orderId: string;
}

/** @param instance throws while the platform does not run */
export async function helpOrders(
  client: PatientClient,
  instance: () => Instance,
  isOver: () => boolean,
): Promise<void> {
  for (; !isOver(); await sleep(ROUND_EVERY_MS)) {
    const answer = await client.untilAnswered(isOver, CLERK, { method: 'GET', path: '/tasks?limit=100' });
    const { items = [] } = answer?.status === 200 ? (JSON.parse(answer.text) as { items?: Task[] }) : {};
    for (const { orderId, taskId } of items) {
      const path = `/orders/${orderId}/tasks/${taskId}/resume`;
      if (await isUnlocked(instance, orderId)) {
        await client.untilAnswered(isOver, CLERK, { method: 'POST', path, body: {} });
      }
    }
  }
}

/** The platform reads statements each minute; here it is told to more often, so that orders by transfer do not take so long. */
export async function readStatements(bank: Bank, isOver: () => boolean): Promise<void> {
  for (; !isOver(); await sleep(ROUND_EVERY_MS)) {
    // The platform may be away.
    await bank.read().catch(() => undefined);
  }
}

/** The shop refuses orders for which it has too little, has them wait, or sends what there is: it changes its mind again and again. */
export async function changeMind(instance: () => Instance, isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); await sleep(ROUND_EVERY_MS)) {
    const settings = { inventory: { whenShort: WHEN_SHORT[turn % WHEN_SHORT.length] } };
    try {
      const client = new ConfigurationClient(instance().url, MANAGER);
      const { version } = await client.present();
      await client.change({ settings, reason: 'A new supplier.', dryRun: false }, version);
      turn += 1;
    } catch {
      // The platform may be away: it is tried again.
    }
  }
}

/** Somebody asks the gateway to let go of the payment. Resolves to whether there is nothing in the way any more. */
async function isUnlocked(instance: () => Instance, orderId: string): Promise<boolean> {
  try {
    const answer = await fetch(`${instance().gatewayUrl}/v1/payments/${orderId}/unlock`, { method: 'POST' });
    return answer.status < 500;
  } catch {
    return false;
  }
}
