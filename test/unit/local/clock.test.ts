import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '../../../local/clock.ts';

describe('The machine’s clock', () => {
  const DAY_MS = 24 * 60 * 60 * 1_000;
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('waits longer than Node’s timers can', () => {
    const action = jest.fn();
    systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    jest.advanceTimersByTime(60 * DAY_MS - 1);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test('forgets what is cancelled, also after it was set again', () => {
    const action = jest.fn();
    const cancel = systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    jest.advanceTimersByTime(30 * DAY_MS);
    cancel();
    jest.advanceTimersByTime(60 * DAY_MS);
    expect(action).not.toHaveBeenCalled();
  });

  test('does soon what is past', () => {
    const action = jest.fn();
    systemClock.at(systemClock.now() - DAY_MS, action);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });
});
