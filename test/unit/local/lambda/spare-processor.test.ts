import { expect, test } from '@jest/globals';
import { SpareProcessor } from '../../../../local/lambda/spare-processor.ts';

/** A machine with two processors: `pass` lets time go by, of which they spend `idle` milliseconds, together, idle. */
function machine() {
  let [now, times] = [0, { idle: 0, total: 0 }];
  const processor = new SpareProcessor(
    () => times,
    () => now,
  );
  return {
    hasSpare: () => processor.hasSpare(),
    pass: (ms: number, idle: number) => {
      now += ms;
      times = { idle: times.idle + idle, total: times.total + 2 * ms };
    },
  };
}

test('a machine that idles has processor time to spare', () => {
  const { pass, hasSpare } = machine();
  pass(200, 400);
  expect(hasSpare()).toBe(true);
});

test('a machine that has been busy lately has none, until it idles again', () => {
  const { pass, hasSpare } = machine();
  pass(200, 20);
  expect(hasSpare()).toBe(false);
  pass(200, 200);
  expect(hasSpare()).toBe(true);
});

test('what was before a pause says nothing of now', () => {
  const { pass, hasSpare } = machine();
  pass(10_000, 20_000);
  expect(hasSpare()).toBe(false);
  pass(200, 400);
  expect(hasSpare()).toBe(true);
});

test('a busy moment within a window does not count alone', () => {
  const { pass, hasSpare } = machine();
  pass(200, 400);
  hasSpare();
  pass(20, 0);
  expect(hasSpare()).toBe(true);
  pass(180, 360);
  expect(hasSpare()).toBe(true);
});

test('a machine that does not tell its times is taken to have some', () => {
  let now = 0;
  const processor = new SpareProcessor(
    () => ({ idle: 0, total: 0 }),
    () => now,
  );
  now = 200;
  expect(processor.hasSpare()).toBe(true);
});
