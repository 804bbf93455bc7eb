import { describe, expect, test } from 'vitest';
import { historyOf } from '../../../../functions/configuration/application/history.ts';
import { configurationWorld } from './configuration-world.ts';

describe('A change of the configuration', () => {
  test('is a version with its author, reason and time, and says what is different', async () => {
    const { change, versions, clock } = configurationWorld();
    expect(await change({ breaker: { openSeconds: 45 } })).toEqual({
      ok: true,
      value: { version: 1, differences: [{ path: 'breaker.openSeconds', from: 30, to: 45 }] },
    });
    const { value } = (await versions.all())[0]!;
    expect(JSON.parse(value)).toEqual({
      version: 1,
      author: 'O1',
      reason: 'A test.',
      at: new Date(clock.now()).toISOString(),
      settings: { breaker: { openSeconds: 45 } },
    });
  });

  test('replaces all settings: what it leaves out is the default again', async () => {
    const { change } = configurationWorld();
    await change({ breaker: { openSeconds: 45 } });
    expect(await change({ monitoring: { logLevel: 'DEBUG' } })).toMatchObject({
      value: {
        version: 2,
        differences: [
          { path: 'breaker.openSeconds', from: 45, to: 30 },
          { path: 'monitoring.logLevel', from: 'INFO', to: 'DEBUG' },
        ],
      },
    });
  });

  test('that is wrong is refused with every fault, and nothing is stored', async () => {
    const { change, versions } = configurationWorld();
    expect(await change({ breaker: { openSeconds: 0 }, partners: { carier: {} }, limits: {} })).toEqual({
      ok: false,
      refusal: {
        kind: 'wrong',
        faults: [
          { path: 'breaker.openSeconds', detail: 'It is 0; expected at least 1.' },
          { path: 'partners.carier', detail: 'This setting is not known.' },
          { path: 'limits', detail: 'This setting is not known.' },
        ],
      },
    });
    expect(await versions.all()).toEqual([]);
  });

  test('is refused for a fault that the environment would hide', async () => {
    const { change } = configurationWorld({ breaker: { openSeconds: 9 } });
    expect(await change({ breaker: { openSeconds: -1 } })).toMatchObject({ refusal: { kind: 'wrong' } });
  });

  test('is refused when the author has seen another version', async () => {
    const { change, versions } = configurationWorld();
    expect(await change({}, { basedOn: 1 })).toEqual({ ok: false, refusal: { kind: 'changed-meanwhile', version: 0 } });
    expect(await change({ breaker: { probes: 3 } }, { basedOn: 0 })).toMatchObject({ value: { version: 1 } });
    expect(await change({}, { basedOn: 0 })).toMatchObject({ refusal: { version: 1 } });
    expect(await versions.all()).toHaveLength(1);
  });

  test('only says what would change in a dry run', async () => {
    const { change, versions } = configurationWorld();
    expect(await change({ breaker: { probes: 3 } }, { dryRun: true })).toMatchObject({
      value: { version: 0, differences: [{ path: 'breaker.probes', from: 2, to: 3 }] },
    });
    expect(await versions.all()).toEqual([]);
  });

  test('says which settings take no effect because the deployment overrides them', async () => {
    const { change } = configurationWorld({ breaker: { openSeconds: 9, failureRate: null } });
    const settings = { breaker: { openSeconds: 45, probes: 3, failureRate: { percent: 50 } } };
    expect(await change(settings)).toMatchObject({
      ok: true,
      value: {
        differences: [{ path: 'breaker.probes' }],
        overridden: ['breaker.openSeconds', 'breaker.failureRate.percent'],
      },
    });
  });

  test('to what is set already stores nothing', async () => {
    const { change, versions } = configurationWorld();
    await change({ breaker: { probes: 3 } });
    expect(await change({ breaker: { probes: 3 } })).toEqual({ ok: true, value: { version: 1, differences: [] } });
    expect(await versions.all()).toHaveLength(1);
  });

  test('to what cannot be stored is refused', async () => {
    const { change } = configurationWorld();
    const refused = await change({ breaker: { probes: 3 } }, { reason: 'x'.repeat(9_000) });
    expect(refused).toMatchObject({ refusal: { kind: 'wrong', faults: [{ path: '' }] } });
  });
});

describe('The history of the configuration', () => {
  test('has each change, and what a version that is wrong left in force', async () => {
    const { change, versions } = configurationWorld();
    await change({ breaker: { probes: 3 } });
    await versions.put('{"settings": {"breaker": {"probes": 0}}}');
    await versions.put('{');
    const { changes, configuration } = historyOf(await versions.all(), {});
    expect(configuration.breaker.probes).toBe(3);
    expect(changes).toMatchObject([
      { version: 1, author: 'O1', reason: 'A test.', differences: [{ path: 'breaker.probes', from: 2, to: 3 }] },
      { version: 2, author: 'the-store', differences: [], faults: [{ path: 'breaker.probes' }] },
      { version: 3, author: 'the-store', differences: [], faults: [{ path: '' }] },
    ]);
  });

  test('does not take the author of a copied record for the author of the copy', async () => {
    const { change, versions } = configurationWorld();
    await change({ breaker: { probes: 3 } });
    const { value } = (await versions.all())[0]!;
    await versions.put(value.replace('3', '4'));
    const [, copy] = historyOf(await versions.all(), {}).changes;
    expect(copy).toMatchObject({ version: 2, author: 'the-store', settings: { breaker: { probes: 4 } } });
    expect(copy).not.toHaveProperty('reason');
  });
});
