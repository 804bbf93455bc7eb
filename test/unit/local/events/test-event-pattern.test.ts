import { expect, test } from 'vitest';
import type { Json } from '../../../../local/contracts.ts';
import { testEventPattern } from '../../../../local/events/test-event-pattern.ts';

const event = {
  id: '1',
  account: '000000000000',
  source: 'shop',
  time: '2026-11-21T10:00:00Z',
  region: 'us-east-1',
  'detail-type': 'Sold',
};
const tried = (pattern: Json, one: Json): boolean =>
  testEventPattern({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(one) });

test('a pattern is tried on an event, which needs no resources and no detail', () => {
  expect(tried({ source: ['shop'] }, event)).toBe(true);
  expect(tried({ source: ['stock'] }, event)).toBe(false);
});

test.each<[string, Json]>([
  ['a list', [event]],
  ['a text', 'shop'],
  ['null', null],
  ...Object.keys(event).map((name): [string, Json] => [`no ${name}`, { ...event, [name]: null }]),
])('%s is no event', (_, one) => {
  expect(() => tried({ source: ['shop'] }, one)).toThrow(
    expect.objectContaining({ code: 'ValidationException', message: 'Parameter Event is not valid.' }),
  );
});

test('a text that is no JSON is neither event nor pattern', () => {
  expect(() => testEventPattern({ EventPattern: '{"a":[1]}', Event: 'shop' })).toThrow('Parameter Event is not valid.');
  expect(() => testEventPattern({ EventPattern: '{', Event: '{}' })).toThrow('Event pattern is not valid. Reason: ');
});
