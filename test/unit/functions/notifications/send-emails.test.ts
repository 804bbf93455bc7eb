import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BEGUN_FOR_MS,
  type SendEmailsDeps,
  sendEmails,
} from '../../../../functions/notifications/application/send-emails.ts';
import type { OrderEvent, RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { emailWorld, type Fate, Killed } from '../../../support/fakes/in-memory-emails.ts';
import { created, EVENTS, HAPPY_PATH, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const LIFE = streamOf([...HAPPY_PATH, shipped, delivered, EVENTS.refunded]);
/** In the order in which things happen. */
const SUBJECTS = [
  'We have received your order',
  'Your order is confirmed',
  'Your order is on its way',
  'Your order has been delivered',
  'We have refunded CN¥45.00',
];

/** A function that is killed takes nothing back, whatever it would have done. */
function run(world: ReturnType<typeof emailWorld>, stream: readonly RecordedOrderEvent[]): Promise<void> {
  let isKilled = false;
  const guarded: SendEmailsDeps = {
    ...world,
    email: {
      publish: (publication) =>
        world.email.publish(publication).catch((error: unknown) => {
          isKilled = error instanceof Killed;
          throw error;
        }),
    },
    records: {
      find: world.records.find,
      begin: world.records.begin,
      settle: world.records.settle,
      withdraw: async (...about) => (isKilled ? undefined : world.records.withdraw(...about)),
    },
  };
  return sendEmails(guarded, stream);
}

describe('E-mails of an order', () => {
  const at = () => START + 10_000;

  test('are sent as each thing happens, to the address of the order', async () => {
    const world = emailWorld(at);
    for (let known = 1; known <= LIFE.length; known += 1) await run(world, LIFE.slice(0, known));
    expect(world.email.post.map(({ subject }) => subject)).toEqual(SUBJECTS);
    expect(new Set(world.email.post.map(({ address }) => address))).toEqual(new Set(['li.wei@example.com']));
    expect(world.email.post[2]!.text).toContain('TRK-1');
    expect(world.email.post[2]!.html).toContain(`<p>Your order ${ORDER_ID} is on its way with Sim Express.</p>`);
  });

  test('leave out what was overtaken before it was sent', async () => {
    const world = emailWorld(at);
    await run(world, LIFE);
    expect(world.email.post.map(({ subject }) => subject)).toEqual([SUBJECTS[3], SUBJECTS[4]]);
  });

  test('are not sent without an address, and no news is made of what was a day ago', async () => {
    const { customer: _, ...data } = created().data;
    const nameless = emailWorld(at);
    await run(nameless, streamOf([{ type: 'OrderCreated', data: { ...data, customer: { name: 'Li Wei' } } }]));
    const late = emailWorld(() => START + 25 * 3_600_000);
    await run(late, LIFE);
    expect([...nameless.email.post, ...late.email.post]).toEqual([]);
  });

  test('wait while somebody else sends one of them, and go on without it when that one did not end', async () => {
    let now = START + 1_000;
    const world = emailWorld(() => now, ['killed after']);
    await expect(run(world, LIFE.slice(0, 1))).rejects.toThrow(Killed);
    await expect(run(world, LIFE.slice(0, 6))).rejects.toThrow('is being sent');
    now += BEGUN_FOR_MS;
    await run(world, LIFE.slice(0, 6));
    expect(world.email.post.map(({ subject }) => subject)).toEqual(SUBJECTS.slice(0, 2));
    expect([...world.records.states.values()].map(({ status }) => status)).toEqual(['unknown', 'sent']);
  });

  test('come later when no mail is taken now', async () => {
    const world = emailWorld(at, ['away', 'away']);
    for (const _ of [1, 2]) await expect(run(world, LIFE.slice(0, 1))).rejects.toThrow('no mail now');
    await run(world, LIFE.slice(0, 1));
    expect(world.email.post).toHaveLength(1);
  });

  test('come once at most and in their order, whatever is away, killed, redelivered or reordered; and each comes unless nobody can say whether it did', async () => {
    const FATES: readonly Fate[] = [
      'sent',
      'refused',
      'unknown and sent',
      'unknown and lost',
      'away',
      'killed before',
      'killed after',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FATES), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: LIFE.length }), { maxLength: 10 }),
        fc.boolean(),
        async (fates, deliveries, isPatient) => {
          let now = START + 20_000;
          const world = emailWorld(() => now, fates);
          // Each delivery sees as much of the log as there is: never less than one before.
          let seen = 0;
          const looks = [...deliveries.map((known) => (seen = Math.max(seen, known))), ...Array(20).fill(LIFE.length)];
          for (const known of looks) {
            await run(world, LIFE.slice(0, known as number)).catch(() => {});
            if (isPatient) now += BEGUN_FOR_MS;
          }
          for (const _ of LIFE) {
            now += BEGUN_FOR_MS;
            await run(world, LIFE).catch(() => {});
          }
          const subjects = world.email.post.map(({ subject }) => subject);
          const places = subjects.map((subject) => SUBJECTS.indexOf(subject));
          expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
          // The last two are overtaken by nothing: they are missing only where the record says why.
          const missing = SUBJECTS.slice(3).filter((subject) => !subjects.includes(subject)).length;
          const doubted = [...world.records.states.values()].filter(({ status }) => status !== 'sent').length;
          expect(missing).toBeLessThanOrEqual(doubted);
          expect([...world.records.states.values()].map(({ status }) => status)).not.toContain('begun');
        },
      ),
      { numRuns: 200 },
    );
  });
});
