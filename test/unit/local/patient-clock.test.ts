import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { patientClock, untilThereIsRoom } from '../../../local/patient-clock.ts';
import { VirtualClock } from '../../support/runtime/virtual-clock.ts';

/** A store that is as full as it may be, until it may grow. */
function fullStore() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE work (what TEXT); PRAGMA max_page_count = 2;');
  const put = db.prepare('INSERT INTO work VALUES (?)');
  return {
    store: () => void put.run('x'.repeat(20_000)),
    makeRoom: () => db.exec('PRAGMA max_page_count = 1000;'),
    count: () => db.prepare('SELECT count(*) AS count FROM work').get()!['count'],
  };
}

describe('Work that is due while the disk is full', () => {
  test('is done once there is room, and the person is told once', () => {
    const [clock, { store, makeRoom, count }, warnings] = [new VirtualClock(), fullStore(), [] as string[]];
    patientClock(clock, (message) => warnings.push(message)).at(clock.now() + 10, store);
    clock.advance(5_000);
    expect(count()).toBe(0);
    makeRoom();
    clock.advance(5_000);
    expect(count()).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/^The disk is full, .*database or disk is full/)]);
  });

  test('can be cancelled while it waits', () => {
    const [clock, { store, makeRoom, count }] = [new VirtualClock(), fullStore()];
    const cancel = patientClock(clock, () => {}).at(clock.now() + 10, store);
    clock.advance(1_500);
    cancel();
    makeRoom();
    clock.advance(5_000);
    expect(count()).toBe(0);
  });

  test('is done once there is room when it takes time, too', async () => {
    const [clock, { store, makeRoom, count }] = [new VirtualClock(), fullStore()];
    const done = untilThereIsRoom(clock, () => Promise.resolve().then(store));
    await setImmediate();
    clock.advance(1_500);
    makeRoom();
    clock.advance(1_500);
    await done;
    expect(count()).toBe(1);
  });

  test('fails as ever when something else is wrong', async () => {
    const clock = new VirtualClock();
    const fails = (): never => {
      throw new Error('A defect.');
    };
    await expect(untilThereIsRoom(clock, () => Promise.resolve().then(fails))).rejects.toThrow('A defect.');
    patientClock(clock, () => {}).at(clock.now() + 10, fails);
    expect(() => clock.advance(10)).toThrow('A defect.');
  });
});
