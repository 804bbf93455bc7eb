import { describe, expect, test, vi } from 'vitest';
import { Shutdown } from '../../../local/shutdown.ts';

describe('A shutdown', () => {
  test('stops in reverse what was started, once, and tells of what could not be stopped', async () => {
    const stopped: string[] = [];
    const warnings: string[] = [];
    const shutdown = new Shutdown((message) => void warnings.push(message));
    const started = (name: string, fails = false) => ({
      close: async () => {
        await Promise.resolve();
        stopped.push(name);
        if (fails) throw new Error(`${name} is stuck`);
      },
    });
    shutdown.add(started('store'));
    shutdown.add(started('database', true));
    shutdown.add(started('api'));
    await Promise.all([shutdown.run(), shutdown.run()]);
    expect(stopped).toEqual(['api', 'database', 'store']);
    expect(warnings).toEqual([expect.stringContaining('database is stuck')]);
  });

  test('does not wait for ever for one thing', async () => {
    vi.useFakeTimers();
    const shutdown = new Shutdown(() => {});
    const store = { close: vi.fn<() => void>() };
    shutdown.add(store);
    shutdown.add({ close: () => new Promise<void>(() => {}) });
    const done = shutdown.run();
    await vi.advanceTimersByTimeAsync(2_499);
    expect(store.close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(store.close).toHaveBeenCalledTimes(1);
    await done;
    vi.useRealTimers();
  });
});
