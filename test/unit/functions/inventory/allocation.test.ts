import { describe, expect, test } from 'vitest';
import { allocate } from '../../../../functions/inventory/domain/allocation.ts';
import { activeLocations, preferring, sourcesOf } from '../../../../functions/inventory/domain/sources.ts';
import { DEFAULT_CONFIGURATION } from '../../../../functions/shared/configuration/document.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import type { LocationId } from '../../../../functions/shared/kernel/location.ts';
import fc from '../../../support/run/properties.ts';

const ids = (...names: readonly string[]) => names as unknown as readonly LocationId[];
const line = (sku: string, quantity: number) => ({ sku: sku as Sku, quantity });

type Shelves = Readonly<Record<string, Readonly<Record<string, number>>>>;
const unitsOn = (shelves: Shelves) => (sku: Sku, location: LocationId) => shelves[location]?.[sku] ?? 0;

/** Each line as `quantity×sku@location`, or what there is of the articles that are short. */
function allocated(
  wanted: Readonly<Record<string, number>>,
  shelves: Shelves,
  { fewest = false, locations = Object.keys(shelves) }: { fewest?: boolean; locations?: readonly string[] } = {},
): readonly string[] {
  const lines = Object.entries(wanted).map(([sku, quantity]) => line(sku, quantity));
  const allocation = allocate(lines, { locations: ids(...locations), fewest }, unitsOn(shelves));
  if (allocation.kind === 'short') return allocation.short.map(({ sku, available }) => `${available} of ${sku}`);
  return allocation.lines.map(({ sku, quantity, location }) => `${quantity}×${sku}@${location}`);
}

describe('Each line comes', () => {
  test('from the first location that has all of it', () => {
    const shelves = { main: { MUG: 1 }, north: { MUG: 2, TEE: 5 }, south: { MUG: 9, TEE: 9 } };
    expect(allocated({ MUG: 2, TEE: 6 }, shelves)).toEqual(['2×MUG@north', '6×TEE@south']);
  });

  test('from several, in their order, only when none has all of it', () => {
    expect(allocated({ MUG: 6 }, { main: { MUG: 1 }, north: { MUG: 3 }, south: { MUG: 4 } })).toEqual([
      '1×MUG@main',
      '3×MUG@north',
      '2×MUG@south',
    ]);
  });

  test('from none when all together have too little of any, and each that is short is named with what there is', () => {
    const shelves = { main: { MUG: 1, TEE: 9 }, north: { MUG: 1 }, closed: { MUG: 9 } };
    expect(allocated({ MUG: 3, TEE: 1, CUP: 1 }, shelves, { locations: ['main', 'north'] })).toEqual([
      '2 of MUG',
      '0 of CUP',
    ]);
  });

  test('from no location that has less than its safety stock', () => {
    expect(allocated({ MUG: 2 }, { main: { MUG: -5 }, north: { MUG: 2 } })).toEqual(['2×MUG@north']);
    expect(allocated({ MUG: 3 }, { main: { MUG: -5 }, north: { MUG: 2 } })).toEqual(['2 of MUG']);
  });
});

describe('With as few locations as possible, lines come', () => {
  const fewest = { fewest: true };

  test('from one that has everything, also when an earlier one has some of it', () => {
    const shelves = { main: { MUG: 9 }, north: { MUG: 9, TEE: 9 }, south: { MUG: 9, TEE: 9 } };
    expect(allocated({ MUG: 1, TEE: 1 }, shelves, fewest)).toEqual(['1×MUG@north', '1×TEE@north']);
    expect(allocated({ MUG: 1, TEE: 1 }, shelves)).toEqual(['1×MUG@main', '1×TEE@north']);
  });

  test('from the first two that have everything together, also of one line', () => {
    const shelves = { main: { MUG: 1 }, north: { TEE: 1, MUG: 1 }, south: { MUG: 2 }, east: { MUG: 2, CUP: 1 } };
    expect(allocated({ MUG: 3, TEE: 1 }, shelves, fewest)).toEqual(['1×MUG@north', '2×MUG@south', '1×TEE@north']);
  });

  test('when more than three are needed, from those that cannot be left out', () => {
    const shelves = {
      main: { A: 1 },
      north: { A: 1, B: 1 },
      south: { C: 1 },
      east: { D: 1 },
      west: { A: 2, D: 1 },
    };
    expect(allocated({ A: 1, B: 1, C: 1, D: 1 }, { ...shelves, west: {} }, fewest)).toEqual([
      '1×A@north',
      '1×B@north',
      '1×C@south',
      '1×D@east',
    ]);
    expect(allocated({ A: 4, B: 1, C: 1, D: 1 }, shelves, fewest)).toEqual([
      '1×A@main',
      '1×A@north',
      '2×A@west',
      '1×B@north',
      '1×C@south',
      '1×D@west',
    ]);
  });
});

const LOCATIONS = ['main', 'north', 'south', 'east'];
const SKUS = ['A', 'B', 'C'];
const shelf = fc.dictionary(fc.constantFrom(...SKUS), fc.integer({ min: -2, max: 5 }));
const shop = fc
  .tuple(shelf, shelf, shelf, shelf)
  .map((all) => Object.fromEntries(LOCATIONS.map((id, i) => [id, all[i]!])));

test('An allocation has every unit that is wanted, none that is not there, and as few locations as possible', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 6 }), { minKeys: 1 }),
      shop,
      fc.boolean(),
      (wanted, shelves, fewest) => {
        const lines = Object.entries(wanted).map(([sku, quantity]) => line(sku, quantity));
        const there = unitsOn(shelves);
        const has = (some: readonly LocationId[]) =>
          lines.every(
            ({ sku, quantity }) => some.reduce((sum, id) => sum + Math.max(0, there(sku, id)), 0) >= quantity,
          );
        const all = ids(...LOCATIONS);
        const result = allocate(lines, { locations: all, fewest }, there);
        expect(result.kind === 'allocated').toBe(has(all));
        if (result.kind !== 'allocated') return;
        for (const { sku, quantity } of lines) {
          const parts = result.lines.filter((part) => part.sku === sku);
          expect(parts.reduce((sum, part) => sum + part.quantity, 0)).toBe(quantity);
          expect(new Set(parts.map(({ location }) => location)).size).toBe(parts.length);
          for (const part of parts) expect(part.quantity).toBeLessThanOrEqual(there(sku, part.location));
        }
        if (!fewest) return;
        const used = new Set(result.lines.map(({ location }) => location)).size;
        const subsets = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_id, i) => bits & (1 << i)));
        expect(used).toBe(Math.min(...subsets.filter(has).map(({ length }) => length)));
      },
    ),
  );
});

describe('The sources of an order', () => {
  const locations = {
    main: { country: 'CN', priority: 100, active: true },
    north: { country: 'US', priority: 50, active: true },
    closed: { country: 'US', priority: 1, active: false },
    east: { priority: 50, active: true },
  };
  const settings = { ...DEFAULT_CONFIGURATION.inventory, locations };

  test('are the active locations by priority, and then by id', () => {
    expect(activeLocations(settings)).toEqual(['east', 'north', 'main']);
    expect(sourcesOf(settings, 'CN')).toEqual({ locations: ['east', 'north', 'main'], fewest: false });
    const single = { ...settings, allocation: 'single-location-first' } as const;
    expect(sourcesOf(single, 'CN')).toEqual({ locations: ['east', 'north', 'main'], fewest: true });
  });

  test('are those first that are in the country of the address, when the shop says so', () => {
    const nearest = { ...settings, allocation: 'nearest-country' } as const;
    expect(sourcesOf(nearest, 'cn')).toEqual({ locations: ['main', 'east', 'north'], fewest: false });
    expect(sourcesOf(nearest, 'US').locations).toEqual(['north', 'east', 'main']);
    expect(sourcesOf(nearest, 'FR').locations).toEqual(['east', 'north', 'main']);
  });

  test('are those first that an adjusted order has goods from already', () => {
    const sources = { locations: ids('east', 'north', 'main'), fewest: true };
    expect(preferring(sources, ids('main', 'closed'))).toEqual({ locations: ['main', 'east', 'north'], fewest: true });
  });
});
