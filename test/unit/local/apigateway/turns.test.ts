import { setImmediate as settled } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { Turns } from '../../../../local/apigateway/turns.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

let clock: VirtualClock;
let turns: Turns;
/** The requests that are worked on, in the order in which they began. */
let begun: string[];
let finish: Map<string, () => void>;
let fail: Map<string, (error: Error) => void>;

beforeEach(() => {
  clock = new VirtualClock();
  turns = new Turns(clock);
  begun = [];
  finish = new Map();
  fail = new Map();
});

/** Requests of one caller, named `<caller> 1`, `<caller> 2` and so on, that take until they are finished. */
const send = (
  caller: string,
  count: number,
  { from = 1, status = 200 } = {},
): Promise<{ name: string; status: number }>[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `${caller} ${from + index}`;
    return turns.inTurn(
      caller,
      () =>
        new Promise<{ name: string; status: number }>((resolve, reject) => {
          begun.push(name);
          finish.set(name, () => resolve({ name, status }));
          fail.set(name, reject);
        }),
    );
  });
const done = async (name: string): Promise<void> => {
  finish.get(name)!();
  await settled();
};
const ofCaller = (caller: string) => begun.filter((name) => name.startsWith(caller)).length;

describe('A caller', () => {
  test('that is alone has eight requests worked on, and each further one when one is done', async () => {
    const answers = send('flood', 10);
    await settled();
    expect(begun).toHaveLength(8);
    await done('flood 3');
    expect(begun.at(-1)).toBe('flood 9');
    for (const name of [...begun]) await done(name);
    await done('flood 10');
    const names = (await Promise.all(answers)).map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 10 }, (_, index) => `flood ${index + 1}`));
  });

  test('is served at once while another one fills all its places', async () => {
    void send('flood', 40);
    void send('other', 1);
    await settled();
    expect(ofCaller('other')).toBe(1);
  });

  test('with many requests gets its places back one by one until it has its share only', async () => {
    void send('flood', 40);
    for (const other of ['a', 'b', 'c']) void send(other, 1);
    await settled();
    expect(ofCaller('flood')).toBe(8);
    // Eight places for four callers: two are left for this one.
    for (let each = 1; each <= 6; each += 1) await done(`flood ${each}`);
    expect(ofCaller('flood')).toBe(8);
    await done('flood 7');
    expect(ofCaller('flood')).toBe(9);
  });

  test('has one request worked on at least, however many others there are', async () => {
    for (let other = 0; other < 20; other += 1) void send(`other-${other}-`, 1);
    void send('flood', 3);
    await settled();
    expect(ofCaller('flood')).toBe(1);
    await done('flood 1');
    expect(ofCaller('flood')).toBe(2);
  });

  test('gets all places again a second after the others have gone', async () => {
    for (let other = 0; other < 20; other += 1) void send(`other-${other}-`, 1);
    await settled();
    for (const name of [...begun]) await done(name);
    clock.advance(1_000);
    void send('flood', 8);
    await settled();
    expect(ofCaller('flood')).toBe(8);
  });

  test('waits behind no request of its own that takes long', async () => {
    void send('patient', 9);
    await settled();
    expect(begun).toHaveLength(8);
    clock.advance(250);
    await settled();
    expect(begun).toHaveLength(9);
  });

  test('gets the place of a request that failed, and of a slow one only once', async () => {
    const [first, ...others] = send('caller', 10);
    await settled();
    for (const other of others) void other.catch(() => undefined);
    fail.get('caller 1')!(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await settled();
    expect(begun).toHaveLength(9);
    clock.advance(250);
    await settled();
    expect(begun).toHaveLength(10);
    void send('caller', 8, { from: 11 });
    await settled();
    expect(begun).toHaveLength(17);
    for (const name of ['caller 2', 'caller 3']) await done(name);
    expect(begun).toHaveLength(17);
  });

  test('that is refused for sending too much rests before its next request, when there are others', async () => {
    for (let other = 0; other < 8; other += 1) void send(`other-${other}-`, 1);
    const [first] = send('flood', 2, { status: 429 });
    await settled();
    await done('flood 1');
    expect(await first).toMatchObject({ status: 429 });
    expect(ofCaller('flood')).toBe(1);
    clock.advance(10);
    await settled();
    expect(ofCaller('flood')).toBe(2);
  });

  test('that is alone is refused as fast as it sends', async () => {
    void send('flood', 9, { status: 429 });
    await settled();
    await done('flood 1');
    expect(ofCaller('flood')).toBe(9);
  });
});
