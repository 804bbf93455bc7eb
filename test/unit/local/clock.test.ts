import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../local/clock.ts';

describe('The machine’s clock', () => {
  const DAY_MS = 24 * 60 * 60 * 1_000;
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('waits longer than Node’s timers can', () => {
    const action = vi.fn();
    systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    vi.advanceTimersByTime(60 * DAY_MS - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test('forgets what is cancelled, also after it was set again', () => {
    const action = vi.fn();
    const cancel = systemClock.at(systemClock.now() + 60 * DAY_MS, action);
    vi.advanceTimersByTime(30 * DAY_MS);
    cancel();
    vi.advanceTimersByTime(60 * DAY_MS);
    expect(action).not.toHaveBeenCalled();
  });

  test('does soon what is past', () => {
    const action = vi.fn();
    systemClock.at(systemClock.now() - DAY_MS, action);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });
});
