import { afterEach, describe, expect, test } from 'vitest';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, historyTypes, place } from '../../support/api/order-requests.ts';
import { noticesOf } from '../../support/platform/notices.ts';
import { movements, readLedger } from '../../support/platform/partners.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { until } from '../../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;

/** The saga waits, and the gateway tells: which comes first is not said. */
const BESIDE = ['StepDelayed', 'PaymentNotified'];

/** Cards whose bank asks the customer (3-D Secure), and authorisations that expire; the gateway's ledger tells what became of the money. */
export function cardChallenges(platform: SuitePlatform): void {
  const notices = () => noticesOf(platform.instance.gatewayUrl);
  const final = (orderId: string) => finalOrder(platform.instance.url, orderId);
  const history = async (orderId: string) =>
    (await historyTypes(platform.instance.url, orderId)).filter((type) => !BESIDE.includes(type));
  const money = (orderId: string) => movements(platform.instance.gatewayUrl, orderId);
  /** Places an order and waits until it says which page its customer has to open. */
  async function placed(token: string) {
    const orderId = await place(platform.instance.url, { paymentMethod: { type: 'card', token } });
    return orderOnce(platform.instance.url, orderId, 'waits for its customer', ({ payment }) => !!payment.action);
  }
  const answer = async (url: string, given: 'pass' | 'fail') => {
    const page = await (await fetch(url)).text();
    expect(page).toContain('<form method="post"');
    await fetch(url, { method: 'POST', body: new URLSearchParams({ answer: given }) });
  };

  describe('An order whose card is challenged by its bank', () => {
    afterEach(() => notices().setMode('deliver'));

    test('says which page to open and until when, and is confirmed after the gateway has told that the customer passed', async () => {
      const { orderId, status, payment } = await placed('tok_3ds');
      expect([status, payment.status, payment.action!.type]).toEqual(['payment_pending', 'pending', 'redirect']);
      expect(Date.parse(payment.expiresAt!)).toBeGreaterThan(Date.now());
      await answer(payment.action!.url!, 'pass');
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      expect(await history(orderId)).toEqual([
        'OrderCreated',
        'InventoryReserved',
        'PaymentActionRequired',
        'PaymentAuthorised',
        'ShipmentsPlanned',
        'ShipmentArranged',
        'PaymentCaptured',
        'OrderConfirmed',
      ]);
      expect(await money(orderId)).toEqual([
        ['challenge', PRICE],
        ['authorisation', PRICE],
        ['capture', PRICE],
      ]);
      await until('the answer that ends the repetitions', async () => (await notices().about(orderId))[0]!.accepted);
    });

    test.each(['tok_3ds', 'tok_3ds_failed'])('is cancelled when the customer fails: %s', async (token) => {
      const { orderId, payment } = await placed(token);
      await answer(payment.action!.url!, token === 'tok_3ds' ? 'fail' : 'pass');
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', reason: 'payment_declined' });
      expect((await readLedger(platform.instance.gatewayUrl, orderId)).at(-1)).toMatchObject({
        kind: 'decline',
        declineCode: 'authentication_failed',
      });
    });

    test('ends with nothing authorised when its customer leaves and cancels, and cannot be passed afterwards', async () => {
      const { orderId, payment } = await placed('tok_3ds_abandoned');
      await command(platform.instance.url, orderId, 'cancel', {});
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', parked: false });
      await fetch(payment.action!.url!, { method: 'POST', body: new URLSearchParams({ answer: 'pass' }) });
      expect(await money(orderId)).toEqual([
        ['challenge', PRICE],
        ['void', 0],
      ]);
    });

    test('is not moved by a forged notification, and goes on with the true one', async () => {
      await notices().setMode('hold');
      const { orderId, payment } = await placed('tok_3ds');
      await answer(payment.action!.url!, 'pass');
      expect(await notices().send(orderId, { forged: true })).toMatch(/^401 /);
      expect(await historyTypes(platform.instance.url, orderId)).not.toContain('PaymentNotified');
      expect(await notices().send(orderId)).toMatch(/^204 /);
      expect(await final(orderId)).toMatchObject({ status: 'processing' });
    });

    test('does not wait for its customer when the bank asks nothing', async () => {
      const orderId = await place(platform.instance.url, {
        paymentMethod: { type: 'card', token: 'tok_3ds_frictionless' },
      });
      expect(await final(orderId)).toMatchObject({ status: 'processing' });
      expect(await history(orderId)).not.toContain('PaymentActionRequired');
    });
  });

  describe('An order whose authorisation has expired before the capture', () => {
    test('is authorised anew and charged once', async () => {
      const orderId = await place(platform.instance.url, { paymentMethod: { type: 'card', token: 'tok_expires' } });
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      expect((await money(orderId)).map(([kind]) => kind)).toEqual([
        'authorisation',
        'expiry',
        'authorisation',
        'capture',
      ]);
    });

    test('is cancelled when its card is declined for that, with nothing left at the gateway', async () => {
      const orderId = await place(platform.instance.url, {
        paymentMethod: { type: 'card', token: 'tok_expires_for_good' },
      });
      expect(await final(orderId)).toMatchObject({
        status: 'cancelled',
        parked: false,
        reason: 'payment_declined',
      });
      expect((await money(orderId)).map(([kind]) => kind)).toEqual(['authorisation', 'expiry', 'decline', 'void']);
      expect(await history(orderId)).toContain('PaymentVoided');
    });
  });
}
