import { expect, test, vi } from 'vitest';
import { answeredWithin } from '../../../../../functions/shared/edge/answered-within.ts';

test('An answer in time is passed on, and so is a failure', async () => {
  await expect(answeredWithin(60_000, Promise.resolve('an answer'))).resolves.toBe('an answer');
  await expect(answeredWithin(60_000, Promise.reject(new TypeError('a failure')))).rejects.toThrow(TypeError);
});

test('Without an answer in time that is said, and an answer or a failure that comes later disturbs nobody', async () => {
  vi.useFakeTimers();
  try {
    const { promise, reject } = Promise.withResolvers<string>();
    const waiting = expect(answeredWithin(250, promise)).rejects.toMatchObject({
      name: 'DependencyUnavailable',
      message: 'There was no answer within 250 ms.',
    });
    vi.advanceTimersByTime(250);
    await waiting;
    reject(new Error('late'));
    await Promise.resolve();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
