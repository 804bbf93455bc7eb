import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../local/contracts.ts';
import type { EventEnvelope, RuleTarget } from '../../../../local/events/rule.ts';
import { compileInput } from '../../../../local/events/target-input.ts';

const event: EventEnvelope = {
  version: '0',
  id: 'e1',
  'detail-type': 'OrderCreated',
  source: 'waybill.orders',
  account: '0',
  region: 'us-east-1',
  time: '2026-11-21T00:00:00Z',
  resources: ['r1'],
  detail: { orderId: 'o1', total: { amount: 5 }, note: 'say "hi"', lines: [{ sku: 'MUG' }], 'odd name': true },
};
const rule = { name: 'r', arn: 'arn:rule' };
const inputOf = (target: Partial<RuleTarget>): Json => compileInput({ id: 't', arn: 'a', ...target }, rule)(event);
const transformed = (inputTemplate: string, inputPathsMap: Record<string, string> = {}): Json =>
  inputOf({ inputTransformer: { inputTemplate, inputPathsMap } });

describe('a target', () => {
  test('gets the whole event by default, or a constant', () => {
    expect(inputOf({})).toEqual(event);
    expect(inputOf({ input: '{"fixed":1}' })).toEqual({ fixed: 1 });
  });

  test.each<[string, unknown]>([
    ['$', event],
    ['$.detail.total', { amount: 5 }],
    ['$.detail-type', 'OrderCreated'],
    ['$.detail.lines[0].sku', 'MUG'],
    ["$.detail['odd name']", true],
    ['$.detail.lines[3].sku', null],
    ['$.nowhere.at.all', null],
  ])('gets the part of the event at %s', (inputPath, part) => {
    expect(inputOf({ inputPath })).toEqual(part);
  });

  const paths = { id: '$.detail.orderId', total: '$.detail.total', note: '$.detail.note', none: '$.detail.none' };
  test.each<[string, string, unknown]>([
    ['alone, as JSON', '{"order":<id>,"total":<total>}', { order: 'o1', total: { amount: 5 } }],
    ['inside of text, as text', '{"text":"Order <id> says <note>"}', { text: 'Order o1 says say "hi"' }],
    ['inside of text, with JSON for what is no text', '{"text":"<total>"}', { text: '{"amount":5}' }],
    ['as a whole template', '"Order <id>"', 'Order o1'],
    ['in lines that are no JSON', 'Order <id>!', 'Order "o1"!'],
    ['as nothing when the path leads nowhere', '{"a":<none>,"b":"<none>"}', { a: null, b: '' }],
  ])('gets a template with its placeholders filled in: %s', (_, template, filled) => {
    expect(transformed(template, paths)).toEqual(filled);
  });

  test('may use what EventBridge itself knows', () => {
    const { detail: _, ...withoutDetail } = event;
    expect(
      transformed(
        '{"rule":<aws.events.rule-name>,"arn":<aws.events.rule-arn>,"event":<aws.events.event>,"all":<aws.events.event.json>}',
      ),
    ).toEqual({ rule: 'r', arn: 'arn:rule', event: withoutDetail, all: event });
  });

  test.each<[string, Partial<RuleTarget>, string]>([
    ['a path with a filter', { inputPath: '$.detail.lines[*]' }, 'is not supported'],
    ['a path without $', { inputPath: 'detail' }, 'is not supported'],
    ['a placeholder of no path', { inputTransformer: { inputTemplate: '<who>' } }, '<who>'],
    ['two kinds of input', { input: '1', inputPath: '$' }, 'only one of'],
  ])('is refused with %s', (_, target, message) => {
    expect(() => inputOf(target)).toThrow(message);
  });
});
