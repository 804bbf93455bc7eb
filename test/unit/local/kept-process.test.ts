import { describe, expect, test } from 'vitest';
import { KeptProcess } from '../../../local/kept-process.ts';

interface Fake {
  readonly number: number;
  close(): Promise<void>;
}

/** A process that a test ends, on a clock that only pauses move. */
async function keep({
  attempts = 5,
  fails = () => false,
}: {
  attempts?: number;
  fails?: (start: number) => boolean;
} = {}) {
  const said: string[] = [];
  const givenUp: string[] = [];
  const pauses: number[] = [];
  const previous: (number | undefined)[] = [];
  let now = 0;
  let starts = 0;
  let end: (output: string) => void = () => {};
  const closed: number[] = [];
  const kept = await KeptProcess.start<Fake>({
    name: 'It',
    warn: (message) => void said.push(message),
    attempts,
    giveUp: ({ message }) => void givenUp.push(message),
    start: async (ended, before) => {
      const number = (starts += 1);
      if (fails(number)) throw new Error(`no room at start ${number}`);
      previous.push(before?.number);
      end = ended;
      return { number, close: async () => void closed.push(number) };
    },
    time: {
      now: () => now,
      sleep: async (ms) => {
        pauses.push(ms);
        now += ms;
      },
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    kept,
    said,
    givenUp,
    pauses,
    previous,
    closed,
    /** Ends it after it ran for so long. */
    endAfter: async (ms: number, output = 'out of memory') => {
      now += ms;
      end(output);
      await settle();
    },
  };
}

describe('A process that is kept', () => {
  test('is started again when it ends by itself, from the one before, and both are said', async () => {
    const { kept, said, previous, endAfter } = await keep();
    await endAfter(60_000);
    expect(kept.current.number).toBe(2);
    expect(previous).toEqual([undefined, 1]);
    expect(said).toEqual([
      'It ended unexpectedly and is being started again. It said: out of memory',
      'It runs again.',
    ]);
  });

  test('that ends at once again and again is started after growing pauses, and that is said once with its last words', async () => {
    const { said, pauses, endAfter } = await keep({ attempts: 100 });
    for (let count = 0; count < 8; count += 1) await endAfter(10, `death ${count}`);
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(said.filter((line) => line.includes('death'))).toEqual([
      'It ended unexpectedly and is being started again. It said: death 0',
      'It ended unexpectedly and is being started again. It said: death 1 It is tried again, with longer and longer pauses.',
    ]);
  });

  test('that has run for a while is a new trouble when it ends', async () => {
    const { pauses, endAfter } = await keep();
    await endAfter(10);
    await endAfter(60_000);
    expect(pauses).toEqual([250, 250]);
  });

  test('is given up after so many starts in a row, with its last words', async () => {
    const { pauses, givenUp } = await (async () => {
      const all = await keep({ attempts: 3, fails: (start) => start > 1 });
      await all.endAfter(60_000);
      return all;
    })();
    expect(pauses).toEqual([250, 500, 1_000]);
    expect(givenUp).toEqual([
      'It cannot be kept running: it was started 3 times in a row. It said: no room at start 4',
    ]);
  });

  test('is not started again once it is closed', async () => {
    const { kept, pauses, closed, said, endAfter } = await keep();
    await kept.close();
    await endAfter(0);
    expect([pauses, closed, said]).toEqual([[], [1], []]);
  });
});
