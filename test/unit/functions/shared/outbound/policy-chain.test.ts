import { beforeEach, describe, expect, test } from 'vitest';
import { CircuitOpen, NoHealthyInstance, PartnerBusy } from '../../../../../functions/shared/outbound/errors.ts';
import type { Instance } from '../../../../../functions/shared/outbound/instance.ts';
import { inSpan, Span } from '../../../../../functions/shared/trace/span.ts';
import { ChainScene, PARTNER } from '../../../../support/partners/chain-scene.ts';

let scene: ChainScene;
beforeEach(() => {
  scene = new ChainScene();
});

const NO_ANSWER = { ok: false };

describe('A call to a healthy partner', () => {
  test('is one request to its address, one line of metrics, and no write', async () => {
    expect(await scene.book()).toMatchObject({ ok: true, value: { status: 200 } });
    expect(scene.asked).toEqual(['http://carrier/v1/shipments/order-1']);
    expect(scene.ended).toEqual([
      { partner: PARTNER, operation: 'book', outcome: 'succeeded', tries: 1, durationMs: 10 },
    ]);
    expect([scene.store.reads, scene.store.writes]).toEqual([1, 0]);
  });

  test('tells the partner which span of the order’s trace it is part of, and is a part of the work that makes it', async () => {
    const span = new Span({ orderId: '0190f3a0-0000-7000-8000-000000000001' });
    await inSpan(span, () => scene.book());
    const [call] = span.fields().parts!;
    expect(call).toMatchObject({ name: `${PARTNER} book`, outcome: 'succeeded' });
    expect(scene.headers.at(-1)).toMatchObject({ traceparent: `00-0190f3a0000070008000000000000001-${call!.id}-01` });
    await scene.book();
    expect(scene.headers.at(-1)).not.toHaveProperty('traceparent');
  });

  test('may be refused for reasons of the business, any number of times', async () => {
    scene.always = { status: 422, body: { error: 'address-refused' } };
    for (let call = 0; call < 10; call += 1) expect(await scene.book()).toMatchObject({ ok: true });
    expect(scene.changes).toEqual([]);
  });

  test('follows the settings as they are at that moment', async () => {
    scene.always = 'silent';
    await scene.find();
    expect(scene.ended.at(-1)).toMatchObject({ durationMs: 2_000 });
    scene.configure({ partners: { [PARTNER]: { timeoutMs: 300 } } });
    await scene.find();
    expect(scene.ended.at(-1)).toMatchObject({ durationMs: 300 });
  });
});

describe('A call without an answer', () => {
  test.each(['lost', 'silent', { status: 503 }, { status: 429 }, { body: '<html>' }, {}] as const)(
    'is not repeated when it may have been carried out, and is a failure: %p',
    async (reaction) => {
      scene.always = reaction;
      for (let call = 0; call < 5; call += 1) expect(await scene.book()).toMatchObject(NO_ANSWER);
      expect(scene.asked).toHaveLength(5);
      await expect(scene.book()).rejects.toThrow(CircuitOpen);
    },
  );

  test('is repeated once, a second later, when nobody was there to take it', async () => {
    scene.next = ['unreachable'];
    expect(await scene.book()).toMatchObject({ ok: true });
    expect(scene.pauses).toEqual([1_000]);
    expect(scene.ended).toMatchObject([{ outcome: 'succeeded', tries: 2 }]);

    scene.next = ['unreachable', 'unreachable', 'unreachable'];
    await expect(scene.book()).rejects.toThrow(NoHealthyInstance);
    expect(scene.ended.at(-1)).toMatchObject({ outcome: 'failed', tries: 2 });
  });

  test('may have been carried out when its repetition was sent, although nobody was there to take the first', async () => {
    scene.next = ['unreachable', 'lost'];
    expect(await scene.book()).toMatchObject(NO_ANSWER);
  });

  test('is a failure of the partner also when nobody is there to take any', async () => {
    scene.always = 'unreachable';
    for (let call = 0; call < 5; call += 1) await expect(scene.book()).rejects.toThrow(NoHealthyInstance);
    await expect(scene.book()).rejects.toThrow(CircuitOpen);
  });

  test('is repeated twice, after growing pauses, when it only asked', async () => {
    scene.always = { status: 503 };
    expect(await scene.find()).toMatchObject(NO_ANSWER);
    expect(scene.pauses).toEqual([100, 200]);
    expect(scene.ended).toMatchObject([{ outcome: 'failed', tries: 3 }]);
  });

  test('is not repeated when the time for an answer is over', async () => {
    scene.always = 'silent';
    await scene.find();
    expect(scene.asked).toHaveLength(1);
  });
});

describe('A partner that is away', () => {
  const away = async (calls = 5) => {
    scene.always = 'silent';
    for (let call = 0; call < calls; call += 1) await scene.book();
    scene.asked.length = 0;
  };

  test('gets no calls after five failures in a row; each is refused before it is sent', async () => {
    await away();
    expect(scene.changes).toEqual(['open']);
    await expect(scene.book()).rejects.toThrow(CircuitOpen);
    await expect(scene.find()).rejects.toThrow(CircuitOpen);
    expect(scene.asked).toEqual([]);
    expect(scene.ended.at(-1)).toEqual({
      partner: PARTNER,
      operation: 'find',
      outcome: 'rejected',
      tries: 0,
      durationMs: 0,
    });
  });

  test('is tried after half a minute, and gets all calls again when two have succeeded', async () => {
    await away();
    scene.pass(30);
    scene.always = { body: { id: 'S-1' } };
    for (let call = 0; call < 3; call += 1) expect(await scene.book()).toMatchObject({ ok: true });
    expect(scene.changes).toEqual(['open', 'half-open', 'closed']);
  });

  test('is left alone for another half minute when it is still away', async () => {
    await away();
    scene.pass(30);
    await scene.book();
    await expect(scene.book()).rejects.toThrow(CircuitOpen);
    expect(scene.asked).toHaveLength(1);
    expect(scene.changes).toEqual(['open', 'half-open', 'open']);
  });

  test('is left alone also by a function instance whose store of circuits is away, which says so', async () => {
    scene.store.isAway = true;
    await away();
    await expect(scene.book()).rejects.toThrow(CircuitOpen);
    expect(scene.unavailable.length).toBeGreaterThan(0);
  });
});

describe('A partner with limits', () => {
  test('gets no more calls a second than it is to get', async () => {
    scene.configure({ partners: { [PARTNER]: { limit: { perSecond: 1, burst: 2 } } } });
    await scene.book();
    await scene.book();
    await expect(scene.book()).rejects.toThrow(PartnerBusy);
    expect(scene.ended.at(-1)).toMatchObject({ outcome: 'rejected' });
    scene.pass(1);
    expect(await scene.book()).toMatchObject({ ok: true });
    expect(scene.changes).toEqual([]);
  });

  test('gets no more calls at a time than it is to get', async () => {
    scene.configure({ partners: { [PARTNER]: { maxConcurrent: 2 } } });
    const outcomes = await Promise.allSettled([scene.book(), scene.book(), scene.book()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await scene.book()).toMatchObject({ ok: true });
  });
});

describe('A partner with several instances', () => {
  const instance = (id: string, status: Instance['status'] = 'up'): Instance => ({
    id,
    host: id,
    port: 443,
    secure: true,
    metadata: {},
    status,
    lastHeartbeat: scene.now,
  });

  test('is called at the next one at once when one does not take the call', async () => {
    scene.store.register(PARTNER, instance('one'), instance('two'), instance('three', 'down'));
    scene.next = ['unreachable'];
    expect(await scene.book()).toMatchObject({ ok: true });
    expect(scene.pauses).toEqual([0]);
    expect(scene.asked.toSorted()).toEqual(
      ['https://one:443', 'https://two:443'].map((at) => `${at}/v1/shipments/order-1`),
    );
  });

  test('is not called at one that an earlier release registered without HTTPS on another machine', async () => {
    scene.store.register(PARTNER, { ...instance('one'), secure: false }, instance('two'));
    await scene.book();
    await scene.book();
    expect(scene.asked).toEqual(Array(2).fill('https://two:443/v1/shipments/order-1'));
  });

  test('is called at its address while none of them is up', async () => {
    scene.store.register(PARTNER, instance('one', 'down'));
    await scene.book();
    expect(scene.asked).toEqual(['http://carrier/v1/shipments/order-1']);
  });
});
