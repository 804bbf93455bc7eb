import { describe, expect, test } from 'vitest';
import type { Timers } from '../../functions/recovery/application/ports.ts';

const FIRST = { id: 'first', dueAt: 1_000, rounds: 0 };
const SECOND = { id: 'second', dueAt: 2_000, rounds: 3 };

/** @param make answers timers of which none is set */
export const timersContract = (name: string, make: () => Promise<Timers>) =>
  describe(`Timers: ${name}`, () => {
    test('are set, and each touch counts', async () => {
      const timers = await make();
      expect(await timers.find('carrier')).toBeUndefined();
      const touched = await timers.touch('carrier', 10);
      expect(touched).toEqual({ rounds: 0, touches: 1, touchedAt: 10 });
      await timers.set('carrier', touched, FIRST);
      expect(await timers.touch('carrier', 20)).toEqual({
        message: { id: 'first', dueAt: 1_000 },
        rounds: 0,
        touches: 2,
        touchedAt: 20,
      });
      expect(await timers.find('payment-gateway')).toBeUndefined();
    });

    test('can be set without a touch', async () => {
      const timers = await make();
      await timers.set('carrier', undefined, SECOND);
      expect(await timers.find('carrier')).toMatchObject({ message: { id: 'second', dueAt: 2_000 }, rounds: 3 });
    });

    test('have one message at a time: another one takes its place only when it knows of it', async () => {
      const timers = await make();
      await timers.set('carrier', undefined, FIRST);
      const first = await timers.find('carrier');
      await timers.set('carrier', undefined, SECOND);
      expect(await timers.find('carrier')).toEqual(first);
      await timers.set('carrier', first, SECOND);
      expect(await timers.find('carrier')).toMatchObject({ message: { id: 'second' }, rounds: 3 });
      await timers.set('carrier', first, FIRST);
      expect(await timers.find('carrier')).toMatchObject({ message: { id: 'second' } });
    });

    test('are cleared by a keeper that knows of every touch and of the message', async () => {
      const timers = await make();
      const seen = await timers.touch('carrier', 10);
      await timers.touch('carrier', 20);
      expect(await timers.clear('carrier', seen)).toBe(false);
      const touched = (await timers.find('carrier'))!;
      await timers.set('carrier', touched, FIRST);
      expect(await timers.clear('carrier', touched)).toBe(false);
      expect(await timers.clear('carrier', (await timers.find('carrier'))!)).toBe(true);
      expect(await timers.find('carrier')).toBeUndefined();
      expect(await timers.clear('carrier', touched)).toBe(false);
    });
  });
