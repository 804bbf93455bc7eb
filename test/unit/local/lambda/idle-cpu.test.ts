import { expect, test } from 'vitest';
import { IdleCpu } from '../../../../local/lambda/idle-cpu.ts';

/** A machine with two processors: `pass` lets time go by, of which they spend `idle` milliseconds, together, idle. */
function machine() {
  let [now, times] = [0, { idle: 0, total: 0 }];
  const cpu = new IdleCpu(
    () => times,
    () => now,
  );
  return {
    isIdle: () => cpu.isIdle(),
    pass: (ms: number, idle: number) => {
      now += ms;
      times = { idle: times.idle + idle, total: times.total + 2 * ms };
    },
  };
}

test('a machine that idles has processor time to spare', () => {
  const { pass, isIdle } = machine();
  pass(200, 400);
  expect(isIdle()).toBe(true);
});

test('a machine that has been busy lately has none, until it idles again', () => {
  const { pass, isIdle } = machine();
  pass(200, 20);
  expect(isIdle()).toBe(false);
  pass(200, 200);
  expect(isIdle()).toBe(true);
});

test('what was before a pause says nothing of now', () => {
  const { pass, isIdle } = machine();
  pass(10_000, 20_000);
  expect(isIdle()).toBe(false);
  pass(200, 400);
  expect(isIdle()).toBe(true);
});

test('a busy moment within a window does not count alone', () => {
  const { pass, isIdle } = machine();
  pass(200, 400);
  isIdle();
  pass(20, 0);
  expect(isIdle()).toBe(true);
  pass(180, 360);
  expect(isIdle()).toBe(true);
});

test('a machine that does not tell its times is taken to have some', () => {
  let now = 0;
  const cpu = new IdleCpu(
    () => ({ idle: 0, total: 0 }),
    () => now,
  );
  now = 200;
  expect(cpu.isIdle()).toBe(true);
});
