/** The contract of every store of partners, also for several function instances at once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Circuit, NEW_CIRCUIT } from '../../functions/shared/outbound/circuit/circuit.ts';
import { CircuitOpen } from '../../functions/shared/outbound/errors.ts';
import type { CallSlots, PartnerStore } from '../../functions/shared/outbound/ports.ts';
import { Breakers } from '../support/partners/breakers.ts';

const failures = (count: number): Circuit => ({ ...NEW_CIRCUIT, failuresInARow: count }) as Circuit;

export const partnerStoreContract = (name: string, store: () => PartnerStore) =>
  describe(`Store of partners: ${name}`, () => {
    const partner = () => `partner-${randomUUID()}`;

    test('has a new circuit and no instances for a partner that nothing is known of', async () => {
      expect(await store().read(partner())).toEqual({ circuit: NEW_CIRCUIT, version: 0, instances: [] });
    });

    test('keeps the circuit that was put there last', async () => {
      const its = partner();
      expect(await store().replaceCircuit(its, failures(1), 0)).toEqual({ ok: true, value: 1 });
      expect(await store().replaceCircuit(its, failures(2), 1)).toEqual({ ok: true, value: 2 });
      expect(await store().read(its)).toMatchObject({ circuit: failures(2), version: 2 });
      expect(await store().read(partner())).toMatchObject({ version: 0 });
    });

    test('refuses a circuit that was made from an outdated one, and shows the one in the way', async () => {
      const its = partner();
      await store().replaceCircuit(its, failures(1), 0);
      for (const version of [0, 2]) {
        expect(await store().replaceCircuit(its, failures(9), version)).toEqual({
          ok: false,
          refusal: { circuit: failures(1), version: 1 },
        });
      }
    });

    test('takes one of many that come at the same time', async () => {
      const its = partner();
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, writer) => store().replaceCircuit(its, failures(writer), 0)),
      );
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    });

    test('opens one circuit for all function instances when each of them meets a failure', async () => {
      const breakers = new Breakers(store(), partner(), { instances: 5 });
      await Promise.all(breakers.all.map((instance) => breakers.fail(instance)));
      const { circuit } = await breakers.stored();
      expect(circuit).toMatchObject({ state: 'open', epoch: 1, counters: { failed: 5 } });
      expect(circuit.unannounced).toHaveLength(1);
      breakers.pass(1_000);
      for (const instance of breakers.all) await expect(breakers.succeed(instance)).rejects.toThrow(CircuitOpen);
    });

    test('lets two of many function instances try whether the partner is back, and closes for all of them', async () => {
      const breakers = new Breakers(store(), partner(), { instances: 8 });
      await Promise.all(breakers.all.slice(0, 5).map((instance) => breakers.fail(instance)));
      breakers.pass(30_000);
      let underWay = 0;
      let most = 0;
      const outcomes = await Promise.allSettled(
        breakers.all.map((instance) =>
          breakers.call(instance, async () => {
            most = Math.max(most, (underWay += 1));
            await new Promise((resolve) => setTimeout(resolve, 50));
            underWay -= 1;
            return true;
          }),
        ),
      );
      expect(most).toBeLessThanOrEqual(2);
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2);
      expect((await breakers.stored()).circuit.state).toBe('closed');
      breakers.pass(1_000);
      await Promise.all(breakers.all.map((instance) => breakers.succeed(instance)));
    });
  });

export const callSlotsContract = (name: string, make: (now: () => number) => CallSlots) =>
  describe(`Slots for calls: ${name}`, () => {
    const setUp = () => {
      let time = 1_000_000;
      const slots = make(() => time);
      const partner = `partner-${randomUUID()}`;
      const take = (callId: string) => slots.take(partner, { callId, until: time + 1_000 }, 3);
      return { slots, partner, take, lease: { until: time + 1_000 }, pass: (ms: number) => (time += ms) };
    };
    const names = (count: number) => Array.from({ length: count }, (_, index) => `call-${index}`);

    test('are so many, also for calls that begin at the same moment', async () => {
      const { take } = setUp();
      const taken = await Promise.all(names(9).map(take));
      expect(taken.filter(Boolean)).toHaveLength(3);
    });

    test('are free again when they are given back, twice or once', async () => {
      const { slots, partner, take, lease } = setUp();
      for (const each of names(3)) expect(await take(each)).toBe(true);
      expect(await take('one-more')).toBe(false);
      for (let time = 0; time < 2; time += 1) await slots.giveBack(partner, { ...lease, callId: 'call-1' });
      expect(await take('one-more')).toBe(true);
      expect(await take('another')).toBe(false);
    });

    test('are free again when their time is over', async () => {
      const { take, pass } = setUp();
      for (const each of names(3)) await take(each);
      pass(999);
      expect(await take('one-more')).toBe(false);
      pass(1);
      const taken = await Promise.all(names(5).map((each) => take(`later-${each}`)));
      expect(taken.filter(Boolean)).toHaveLength(3);
    });

    test('are those of one partner', async () => {
      const { take } = setUp();
      const other = setUp();
      for (const each of names(3)) await take(each);
      expect(await other.take('call-0')).toBe(true);
    });
  });
