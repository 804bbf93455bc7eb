import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler } from '../../../../functions/orders/get-return-terms.ts';
import { returnTerms } from '../../../../functions/orders/http/contracts/return-terms-answers.ts';
import { makeHandler as requestWith } from '../../../../functions/orders/request-return.ts';
import type { Caller } from '../../../../functions/shared/http/caller.ts';
import { bodyOf, customer, operator } from '../../../support/api/invocations.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { CommandEndpoints, OWNER, problem } from '../../../support/orders/command-endpoints.ts';
import { STREAMS } from '../../../support/orders/lifecycle.ts';
import { ORDER_ID } from '../../../support/orders/streams.ts';

const DAY_MS = 24 * 3_600_000;
const returns = { restockingFeeBasisPoints: { changed_mind: 1_500, other: 500 } };

let endpoints: CommandEndpoints;
beforeEach(async () => {
  endpoints = new CommandEndpoints();
  await endpoints.given(STREAMS.delivered);
});

const termsFor = (caller: Caller, settings: object = returns, orderId: string = ORDER_ID) =>
  endpoints.send((deps) => makeHandler({ ...deps, configuration: fixedConfiguration({ returns: settings }) }), {
    caller,
    orderId,
  });

describe('The terms of a return', () => {
  test('are what its customer would get back by the shop’s rule of today, with the days', async () => {
    const answer = await termsFor(OWNER);
    expect(answer.statusCode).toBe(200);
    const terms = bodyOf(answer);
    expect(returnTerms.strict().parse(terms)).toEqual(terms);
    expect(terms).toMatchObject({
      orderId: ORDER_ID,
      windowDays: 30,
      until: expect.stringMatching(/^\d{4}-.*Z$/),
      sendWithinDays: 30,
      lines: [{ sku: 'MUG-BLUE', quantity: 1, unitAmount: { amount: 4_500 }, amount: { amount: 4_500 } }],
      amount: { amount: 4_500, currency: 'CNY' },
      returns: [],
      links: { order: `/api/v1/orders/${ORDER_ID}` },
    });
    expect(terms.reasons).toContainEqual({
      reason: 'changed_mind',
      restockingFeeBasisPoints: 1_500,
      restockingFee: { amount: 675, currency: 'CNY' },
      refund: { amount: 3_825, currency: 'CNY' },
    });
  });

  test('have no days where the shop has set none', async () => {
    const terms = bodyOf(await termsFor(OWNER, { windowDays: null, sendWithinDays: null }));
    for (const field of ['windowDays', 'until', 'sendWithinDays']) expect(terms).not.toHaveProperty(field);
  });

  test('name nothing to a customer after the window, and all to an operator', async () => {
    endpoints.wait(31 * DAY_MS);
    expect(bodyOf(await termsFor(OWNER))).toMatchObject({ lines: [], amount: { amount: 0 } });
    expect(bodyOf(await termsFor(operator('orders:read')))).toMatchObject({ lines: [{ sku: 'MUG-BLUE' }] });
  });

  test('are kept by a return that is requested, whatever the shop sets then', async () => {
    const configuration = fixedConfiguration({ returns });
    const body = { items: [{ sku: 'MUG-BLUE', quantity: 1 }] };
    await endpoints.send((deps) => requestWith({ ...deps, configuration }), { caller: OWNER, body });
    const terms = bodyOf(await termsFor(OWNER, { restockingFeeBasisPoints: { other: 9_000 } }));
    expect(terms).toMatchObject({
      lines: [],
      returns: [{ restockingFeeBasisPoints: 500, restockingFee: { amount: 225 }, refund: { amount: 4_275 } }],
    });
  });

  test.each<[string, Caller, string, ReturnType<typeof problem>]>([
    ['another customer', customer('C-2'), ORDER_ID, problem(404, 'order-not-found')],
    [
      'who asks for an order that is not there',
      OWNER,
      '0190f3a0-0000-7000-8000-000000000999',
      problem(404, 'order-not-found'),
    ],
    ['an operator without the scope', operator('orders:refund'), ORDER_ID, problem(403, 'forbidden')],
  ])('are not for %s', async (_, caller, orderId, refused) => {
    expect(await termsFor(caller, returns, orderId)).toMatchObject(refused);
  });
});
