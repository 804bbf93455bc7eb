import { describe, expect, test } from 'vitest';
import { auditParts } from '../../../launch/audit/audit-client.ts';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, historyTypes, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import { Bank } from '../../support/platform/bank.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { until } from '../../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;
const LIST = '/payments/transfers';

/** Payments to the shop's account; the bank's ledger tells what came and what went back. */
export function bankTransfers(platform: SuitePlatform): void {
  describe('An order that is paid by bank transfer', () => {
    const bank = new Bank(() => platform.instance);
    const placed = async () => {
      const { url } = platform.instance;
      const orderId = await place(url, { paymentMethod: { type: 'bank_transfer' } });
      const order = await orderOnce(url, orderId, 'waits for its customer', ({ payment }) => !!payment.action);
      return { orderId, payment: order.payment, reference: order.payment.action!.reference! };
    };
    const final = (orderId: string) => finalOrder(platform.instance.url, orderId);
    const history = (orderId: string) => historyTypes(platform.instance.url, orderId);
    const wentBack = (amount: number) =>
      until(`a transfer of ${amount} back`, async () => (await bank.paidOut()).includes(amount));

    test('says which account and reference, waits for the rest, and gives back what is too much and what came twice', async () => {
      const { orderId, payment, reference } = await placed();
      const account = {
        bank: 'Simulated Bank',
        holder: expect.any(String),
        number: expect.stringMatching(/^DE\d{20}$/),
      };
      expect(payment.action).toEqual({ type: 'transfer', account, reference: expect.stringMatching(/^RF\d{2}/) });
      expect(Date.parse(payment.expiresAt!)).toBeGreaterThan(Date.now());

      await bank.pay(reference, PRICE - 11);
      await orderOnce(platform.instance.url, orderId, 'shows what came', ({ payment: { received } }) => !!received);
      await bank.pay(reference, 11 + 7);
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      await wentBack(7);
      await bank.pay(reference, 13);
      await wentBack(13);
      await until('the return in the history', async () => (await history(orderId)).includes('TransferReturned'));
    });

    test('is paid by money without its reference that a person matches to it, and other such money goes back once', async () => {
      const { url } = platform.instance;
      const { orderId } = await placed();
      const headers = await asOperator(url, 'orders:recover');
      const decide = (transferId: string, body: object) =>
        callApi(url, `${LIST}/${transferId}/decision`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const [ours, unknown] = [await bank.payWithoutReference(PRICE + 23), await bank.payWithoutReference(29)];
      await until('both in the list', async () => {
        const { items } = (await (await callApi(url, LIST, { headers })).json()) as Listed;
        const listed = items.map(({ transferId }) => transferId);
        return listed.includes(ours) && listed.includes(unknown);
      });
      const breaks = async (): Promise<readonly (string | undefined)[]> => {
        await audit(url);
        const reader = await asOperator(url, 'ledger:read');
        const { items } = (await (
          await callApi(url, '/ledger/breaks?limit=100', { headers: reader })
        ).json()) as Listed;
        return items.map(({ transferId }) => transferId);
      };
      expect(await breaks()).toEqual(expect.arrayContaining([ours, unknown]));
      expect((await decide(ours, { type: 'match', orderId })).status).toBe(200);
      for (const _ of ['once', 'twice']) {
        const returned = await decide(unknown, { type: 'return', reason: 'Nobody knows it.' });
        expect([returned.status, await returned.json()]).toMatchObject([200, { decision: { type: 'return' } }]);
      }
      expect((await decide(unknown, { type: 'match', orderId })).status).toBe(422);
      await bank.read();
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      await wentBack(23);
      await bank.read();
      expect((await bank.paidOut()).filter((amount) => amount === 29)).toEqual([29]);
      const open = await breaks();
      expect([open.includes(ours), open.includes(unknown)]).toEqual([false, false]);
    });

    test('gives back what came before and after its cancellation', async () => {
      const { orderId, reference } = await placed();
      await bank.pay(reference, PRICE - 17);
      await command(platform.instance.url, orderId, 'cancel', {});
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', parked: false });
      await wentBack(PRICE - 17);
      await bank.pay(reference, PRICE - 19);
      await wentBack(PRICE - 19);
    });
  });
}

/** The check of all books, as people ask for it. */
async function audit(url: string): Promise<void> {
  for await (const { failed } of auditParts(url, 0)) expect(failed).toEqual([]);
}

interface Listed {
  readonly items: readonly { readonly transferId: string }[];
}
