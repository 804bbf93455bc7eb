import '../../../support/platform/function-environment.ts';
import { createHmac, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { carrierTracking, parseTrackingKey } from '../../../../functions/shipping/adapters/carrier-tracking.ts';
import type { TrackingDeps } from '../../../../functions/shipping/application/receive-tracking.ts';
import { apiEvent, lambdaContext } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { FIRST, IN_TWO_PARCELS, SECOND } from '../../../support/orders/parcels.ts';
import { ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const { makeHandler } = await import('../../../../functions/shipping/receive-tracking.ts');

const SECRET = 'a'.repeat(64);
const FORMER = 'b'.repeat(64);

let log: InMemoryOrderLog;
let noted: string[];
let deps: TrackingDeps;

beforeEach(async () => {
  log = await InMemoryOrderLog.of(streamOf(IN_TWO_PARCELS));
  noted = [];
  const keys = {
    current: async () => parseTrackingKey(JSON.stringify({ keyId: 'k', secret: SECRET, formerSecret: FORMER })),
  };
  deps = {
    log,
    now: () => START,
    readers: { carrier: carrierTracking(keys) },
    monitor: {
      refused: (_, reason) => void noted.push(reason),
      ofNoShipment: (_, reportId) => void noted.push(reportId),
    },
  };
});

const report = (told: object = {}) =>
  JSON.stringify({ id: 'trk-1', key: SECOND, status: 'in_transit', at: '2026-01-03T03:04:05.678Z', ...told });
const signed = (body: string, { at = START / 1_000, key = SECRET } = {}) =>
  `t=${Math.floor(at)},v1=${createHmac('sha256', key)
    .update(`${Math.floor(at)}.${body}`)
    .digest('hex')}`;
const send = async (body: string, signature: string | null = signed(body), carrier = 'carrier') => {
  const event = apiEvent({
    method: 'POST',
    path: `/api/v1/shipping/notifications/${carrier}`,
    pathParameters: { carrier },
    headers: signature === null ? {} : { 'Carrier-Signature': signature },
    body,
  });
  return (await makeHandler(deps)(event, lambdaContext())) as { statusCode: number };
};
const told = async () =>
  (await log.read(ORDER_ID)).slice(IN_TWO_PARCELS.length).map(({ type, data }) => ({ type, ...data }));

describe('A notification of the carrier', () => {
  test('is stored in the stream of its order before it is answered, once however often it comes', async () => {
    expect(await send(report())).toMatchObject({ statusCode: 204 });
    expect(await send(report())).toMatchObject({ statusCode: 204 });
    expect(await told()).toEqual([
      {
        type: 'ShipmentTracked',
        shipmentId: SECOND,
        reportId: 'trk-1',
        status: 'in_transit',
        at: '2026-01-03T03:04:05.678Z',
      },
    ]);
  });

  test('of either parcel, and each of several, is stored', async () => {
    await send(report({ key: FIRST, id: 'trk-2' }));
    await send(report({ id: 'trk-3', status: 'delivered' }));
    expect(await told()).toMatchObject([
      { shipmentId: FIRST, status: 'in_transit' },
      { shipmentId: SECOND, status: 'delivered' },
    ]);
  });

  test('may be signed with the key before', async () => {
    expect(await send(report(), signed(report(), { key: FORMER }))).toMatchObject({ statusCode: 204 });
    expect(await told()).toHaveLength(1);
  });

  test.each<[string, (body: string) => string | null]>([
    ['without a signature', () => null],
    ['with something else in its place', () => 'sha256=abc'],
    ['signed by somebody else', (body) => signed(body, { key: 'c'.repeat(64) })],
    ['signed for another body', (body) => signed(`${body} `)],
    ['signed six minutes ago', (body) => signed(body, { at: START / 1_000 - 360 })],
    ['signed six minutes from now', (body) => signed(body, { at: START / 1_000 + 360 })],
  ])('%s is refused and leaves nothing', async (_, signature) => {
    expect(await send(report(), signature(report()))).toMatchObject({ statusCode: 401 });
    expect(await told()).toEqual([]);
    expect(noted).toHaveLength(1);
    expect(noted[0]).not.toContain(SECRET);
  });

  test.each([
    ['another order', { key: randomUUID() }],
    ['a parcel that the order does not have', { key: `${ORDER_ID}_3` }],
  ])('about %s is taken, so that it does not come again, and leaves nothing', async (_, other) => {
    expect(await send(report(other))).toMatchObject({ statusCode: 204 });
    expect(await told()).toEqual([]);
    expect(noted).toEqual(['trk-1']);
  });

  test.each([
    ['a key that is none of ours', { key: 'parcel-of-somebody-else' }],
    ['a status that we do not know', { status: 'weighed' }],
  ])('with %s is taken and leaves nothing', async (_, other) => {
    expect(await send(report(other))).toMatchObject({ statusCode: 204 });
    expect(await told()).toEqual([]);
  });

  test('that is no report is refused', async () => {
    expect(await send('[]')).toMatchObject({ statusCode: 401 });
    expect(await send(report({ at: 'yesterday' }))).toMatchObject({ statusCode: 401 });
  });

  test('of a carrier that there is not is 404', async () => {
    expect(await send(report(), signed(report()), 'pigeon')).toMatchObject({ statusCode: 404 });
  });
});

test('A key that is not usable is told without the key', () => {
  expect(() => parseTrackingKey('{"keyId":"k","secret":"short-secret"}')).toThrow(/^(?!.*short-secret)/);
});
