import { describe, expect, it } from 'vitest';
import { CachedConfiguration } from '../../../../../functions/shared/configuration/cached-configuration.ts';
import { DEFAULT_CONFIGURATION } from '../../../../../functions/shared/configuration/document.ts';
import type { Json } from '../../../../../functions/shared/configuration/merged.ts';
import { InMemoryParameter } from '../../../../support/fakes/in-memory-parameter.ts';
import { VirtualClock } from '../../../../support/runtime/virtual-clock.ts';

const FRESH_MS = DEFAULT_CONFIGURATION.cache.configurationSeconds * 1_000;

/** A function instance that reads a parameter, and what its observers are told. */
function instance({ parameter = new InMemoryParameter(), overrides }: Partial<Setup> = {}) {
  const clock = new VirtualClock();
  const told: unknown[] = [];
  const source = new CachedConfiguration({
    versions: parameter,
    observers: {
      changed: (_, differences, version) => told.push({ version, differences }),
      refused: (version, faults) => told.push({ refused: version, faults }),
      unavailable: (error) => told.push({ unavailable: (error as Error).message }),
    },
    ...(overrides === undefined ? {} : { overrides }),
    now: () => clock.now(),
  });
  const openSeconds = async () => (await source.current()).breaker.openSeconds;
  return { parameter, clock, told, source, openSeconds };
}

interface Setup {
  readonly parameter: InMemoryParameter;
  readonly overrides: Json;
}

describe('The configuration of a function instance', () => {
  it('is the defaults while nobody has set anything, and tells observers nothing', async () => {
    const { source, told } = instance();
    expect(await source.current()).toEqual(DEFAULT_CONFIGURATION);
    expect(told).toEqual([]);
  });

  it('is read again only when it is old, and each operation then uses the newest', async () => {
    const { parameter, clock, openSeconds } = instance();
    parameter.set({ breaker: { openSeconds: 5 } });
    expect(await openSeconds()).toBe(5);
    parameter.set({ breaker: { openSeconds: 6 } });
    clock.advance(FRESH_MS - 1);
    expect(await openSeconds()).toBe(5);
    clock.advance(1);
    expect(await openSeconds()).toBe(6);
    expect(parameter.readings).toBe(2);
  });

  it('is read once however many operations find it old at the same moment', async () => {
    const { parameter, source, clock } = instance();
    for (const pass of [0, FRESH_MS]) {
      clock.advance(pass);
      await Promise.all(Array.from({ length: 20 }, () => source.current()));
    }
    expect(parameter.readings).toBe(2);
  });

  it('follows its own setting for how long it is kept', async () => {
    const { parameter, clock, openSeconds } = instance();
    parameter.set({ cache: { configurationSeconds: 1 } });
    await openSeconds();
    parameter.set({ breaker: { openSeconds: 7 } });
    clock.advance(1_000);
    expect(await openSeconds()).toBe(7);
  });

  it('tells observers of differences only, not of a version that says the same', async () => {
    const { parameter, clock, source, told } = instance();
    parameter.set({ breaker: { openSeconds: 5 } });
    await source.current();
    parameter.set({ breaker: { openSeconds: 5, probes: 2 } });
    clock.advance(FRESH_MS);
    await source.current();
    expect(told).toEqual([{ version: 1, differences: [{ path: 'breaker.openSeconds', from: 30, to: 5 }] }]);
  });

  it('stays the last good one while the parameter cannot be read, and is soon tried again', async () => {
    const { parameter, clock, openSeconds, told } = instance();
    parameter.set({ breaker: { openSeconds: 5 } });
    await openSeconds();
    parameter.failure = new Error('no answer');
    clock.advance(FRESH_MS);
    expect(await openSeconds()).toBe(5);
    parameter.failure = undefined;
    parameter.set({ breaker: { openSeconds: 6 } });
    expect(await openSeconds()).toBe(5);
    clock.advance(5_000);
    expect(await openSeconds()).toBe(6);
    expect(told.slice(1, 2)).toEqual([{ unavailable: 'no answer' }]);
  });

  it('is the defaults in an instance that has never been able to read it', async () => {
    const { parameter, openSeconds } = instance();
    parameter.failure = new Error('no answer');
    expect(await openSeconds()).toBe(30);
  });

  it('stays the last good one when the newest is wrong, and observers are told every fault once', async () => {
    const { parameter, clock, openSeconds, told } = instance();
    parameter.set({ breaker: { openSeconds: 5 } });
    await openSeconds();
    parameter.set({ breaker: { openSeconds: -1, probe: 3 } });
    for (let round = 0; round < 3; round += 1) {
      clock.advance(FRESH_MS);
      expect(await openSeconds()).toBe(5);
    }
    expect(told.slice(1)).toEqual([
      {
        refused: 2,
        faults: [
          { path: 'breaker.openSeconds', detail: 'It is -1; expected at least 1.' },
          { path: 'breaker.probe', detail: 'This setting is not known.' },
        ],
      },
    ]);
  });

  it('is the newest good version in an instance that starts after the newest went wrong', async () => {
    const { parameter, clock, openSeconds } = instance();
    parameter.set({ breaker: { openSeconds: 5 } });
    parameter.set({ breaker: { openSeconds: 6 } });
    parameter.write('{"settings": {');
    parameter.set({ breaker: 'closed' });
    expect(await openSeconds()).toBe(6);
    parameter.set({ breaker: { openSeconds: 8 } });
    clock.advance(FRESH_MS);
    expect(await openSeconds()).toBe(8);
  });
});

describe('The overrides of the environment', () => {
  it('win over what operators set', async () => {
    const parameter = new InMemoryParameter();
    parameter.set({ breaker: { openSeconds: 5, probes: 7 } });
    const { source } = instance({ parameter, overrides: { breaker: { openSeconds: 9 } } });
    expect((await source.current()).breaker).toMatchObject({ openSeconds: 9, probes: 7 });
  });
});
