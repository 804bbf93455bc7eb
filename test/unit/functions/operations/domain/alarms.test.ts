import { describe, expect, test } from 'vitest';
import { type Alarm, byUrgency, readDescription } from '../../../../../functions/operations/domain/alarms.ts';

describe('The description of an alarm', () => {
  test('says how bad it is, what has happened and where to read what to do', () => {
    expect(readDescription('critical: It broke. Runbook: docs/it.md')).toEqual({
      severity: 'critical',
      description: 'It broke.',
      runbook: 'docs/it.md',
    });
  });

  test.each([
    'It broke.',
    'info: It broke. Runbook: docs/it.md',
    'not critical: It broke. Runbook: docs/it.md',
    'warning: It broke. Runbook: docs/it.md and more',
  ])('is not one of ours: %s', (text) => {
    expect(readDescription(text)).toBeUndefined();
  });
});

describe('Of two alarms the more urgent one', () => {
  const alarm = (over: Partial<Alarm>): Alarm => ({
    name: 'b',
    state: 'ok',
    severity: 'warning',
    description: 'It broke.',
    runbook: 'docs/it.md',
    reason: 'Because.',
    since: '2026-01-31T12:00:00.000Z',
    ...over,
  });
  const { since: _, ...neverChanged } = alarm({});

  test.each([
    ['has gone off', alarm({ state: 'alarm' }), alarm({ severity: 'critical', since: '2026-02-01T00:00:00.000Z' })],
    ['is critical', alarm({ severity: 'critical' }), alarm({ since: '2026-02-01T00:00:00.000Z' })],
    ['is newer', alarm({ since: '2026-02-01T00:00:00.000Z' }), alarm({ name: 'a' })],
    ['has a time', alarm({}), { ...neverChanged, name: 'a' }],
    ['comes first by name', alarm({ name: 'a' }), alarm({})],
    ['comes first by name, without a time', { ...neverChanged, name: 'a' }, neverChanged],
  ])('%s', (_why, first, second) => {
    expect(Math.sign(byUrgency(first, second))).toBe(-1);
    expect(Math.sign(byUrgency(second, first))).toBe(1);
  });
});
