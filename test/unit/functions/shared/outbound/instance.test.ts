import { describe, expect, test } from 'vitest';
import { addressOf } from '../../../../../functions/shared/kernel/base-url.ts';
import { afterAnswer, afterSilence } from '../../../../../functions/shared/outbound/instance.ts';
import { instance, NOW } from '../../../../support/outbound/instances.ts';

const LIMITS = { unknownAfterSeconds: 50, downAfterSeconds: 170 };
const after = (seconds: number) => NOW + seconds * 1_000;

describe('An instance of a partner', () => {
  test.each([
    [50, 'up'],
    [51, 'unknown'],
    [170, 'unknown'],
    [171, 'down'],
  ])('that answers no health check %d seconds after its last sign of life is %s', (seconds, status) => {
    expect(afterSilence(instance('a'), after(seconds), LIMITS)).toEqual({ status, lastHeartbeat: NOW });
  });

  test('that is down comes up with the next answer', () => {
    const down = instance('a', { status: 'down' });
    expect(afterSilence(down, after(10), LIMITS).status).toBe('down');
    expect(afterAnswer(after(60), 12)).toEqual({ status: 'up', lastHeartbeat: after(60), latencyMs: 12 });
  });

  test('that was registered and never heard of does not come up by failing', () => {
    expect(afterSilence(instance('a', { status: 'unknown' }), after(10), LIMITS).status).toBe('unknown');
  });

  test('has an address', () => {
    expect(addressOf({ host: 'a.example.com', port: 443, secure: true })).toBe('https://a.example.com:443');
    expect(addressOf({ host: '::1', port: 8080, secure: false })).toBe('http://[::1]:8080');
  });
});
