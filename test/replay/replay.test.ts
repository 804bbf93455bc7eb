import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { fold } from '../../functions/orders/domain/evolve.ts';
import { viewOf } from '../../functions/orders/domain/order-view.ts';
import { STATE_SCHEMA } from '../../functions/orders/domain/state.ts';
import { ORDER } from '../../functions/published/order-log.ts';
import { upcast } from '../../functions/shared/event-log/upcast.ts';

type Json = Record<string, unknown>;
const read = (...parts: string[]): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, ...parts), 'utf8'));
const namesIn = (...parts: string[]) =>
  readdirSync(path.join(import.meta.dirname, ...parts))
    .filter((file) => file.endsWith('.json'))
    .sort();
const generations = readdirSync(path.join(import.meta.dirname, 'histories')).filter((name) => /^v\d+$/.test(name));

const eventOf = (item: Record<string, unknown>) => upcast(ORDER, item);

const histories = generations.flatMap((generation) =>
  namesIn('histories', generation).map((file) => ({
    name: `${generation}/${path.basename(file, '.json')}`,
    items: (read('histories', generation, file) as Record<string, AttributeValue>[]).map((item) => unmarshall(item)),
    expected: read('expected', generation, file) as Json,
  })),
);

describe('What was recorded by any past version', () => {
  test.each(histories)('is the same order today: $name', ({ items, expected: { view, ...order } }) => {
    const folded = fold(items.map(eventOf));
    if (folded.status === 'none') throw new Error('No order came of it.');
    expect(folded).toMatchObject(order);
    // What a client of that time was shown is still shown; later versions may show more.
    expect(viewOf(folded)).toMatchObject(view as Json);
  });

  test.each(histories)('can be read at every moment of its life: $name', ({ items }) => {
    for (let count = 1; count <= items.length; count += 1) {
      expect(fold(items.slice(0, count).map(eventOf))).toMatchObject({ version: count });
    }
  });

  test('ends in every way in which an order can end', () => {
    const ends = histories.map(({ expected }) =>
      [expected.status, (expected.view as Json).reason].filter(Boolean).join(' '),
    );
    expect(new Set(ends)).toEqual(
      new Set([
        'processing',
        'delivered',
        'cancelled out_of_stock',
        'cancelled payment_declined',
        'cancelled payment_unavailable',
        'cancelled address_refused',
        'cancelled carrier_unavailable',
      ]),
    );
  });

  test('is expected for no history that is not there', () => {
    for (const generation of generations) {
      expect(namesIn('expected', generation)).toEqual(namesIn('histories', generation));
    }
  });
});

/** JSON with the fields of each object in the order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort())
      : part,
  );

describe('A snapshot', () => {
  const { schema, digests } = read('snapshot-schema.json') as { schema: number; digests: Record<string, string> };

  // When this fails for a history that was there before, its events fold into something else than the snapshots hold that
  // are kept: raise STATE_SCHEMA, and write the new number and the new digests. A new history only adds its digest.
  test.each(histories)('of its schema version holds what events fold into today: $name', ({ name, items }) => {
    const digest = createHash('sha256')
      .update(canonical(fold(items.map(eventOf))))
      .digest('hex')
      .slice(0, 16);
    expect({ schema: STATE_SCHEMA, digest }).toEqual({ schema, digest: digests[name] });
  });
});
