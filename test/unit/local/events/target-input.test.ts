import { describe, expect, test } from 'vitest';
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
const textOf = (target: Partial<RuleTarget>) => compileInput({ id: 't', arn: 'a', ...target }, rule)(event);
const inputOf = (target: Partial<RuleTarget>): Json => JSON.parse(textOf(target)!) as Json;
const filledText = (inputTemplate: string, inputPathsMap: Record<string, string> = {}) =>
  textOf({ inputTransformer: { inputTemplate, inputPathsMap } });

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

  const paths = {
    id: '$.detail.orderId',
    total: '$.detail.total',
    note: '$.detail.note',
    lines: '$.detail.lines',
    odd: "$.detail['odd name']",
    none: '$.detail.none',
  };
  test.each<[string, string, string]>([
    ['alone, as JSON', '{"order": <id>, "total": <total>}', '{"order":"o1","total":{"amount":5}}'],
    ['in a list', '[<id>, "fixed", <odd>]', '["o1","fixed",true]'],
    ['inside of text, as text', '{"text":"Order <id> says <note>"}', '{"text":"Order o1 says say \\"hi\\""}'],
    ['several times, and deep inside', '{"a":{"b":"<id>/<id>"}}', '{"a":{"b":"o1/o1"}}'],
    ['as nothing when the path leads nowhere', '{"a":<none>,"b":"<none>"}', '{"a":"","b":""}'],
    ['as a whole template', '"Order <id>"', '"Order o1"'],
    ['in text, without the quotes of objects and lists', '"<total> of <lines>"', '"{amount:5} of [{sku:MUG}]"'],
    ['in text that only begins like JSON', '"{[/<id>"', '"{[/o1"'],
    ['in text that has what is no text', '"It is <odd>!"', '"It is true!"'],
    ['in lines of text', '"<id>"\n"<none> none"', '"o1"\n" none"'],
    ['outside of quotes', 'Order <id>!', 'Order "o1"!'],
  ])('gets a template with its placeholders filled in: %s', (_, template, filled) => {
    expect(filledText(template, paths)).toBe(filled);
  });

  test.each(['{"text":"<total>"}', '{"text":"of <lines>"}'])(
    'gets nothing of a template that makes no JSON, because an object is inside of a string: %s',
    (template) => {
      expect(filledText(template, paths)).toBeUndefined();
    },
  );

  test('may use what EventBridge itself knows', () => {
    const { detail: _, 'detail-type': detailType, ...others } = event;
    const template =
      '{"rule":<aws.events.rule-name>,"arn":<aws.events.rule-arn>,"event":<aws.events.event>,"all":<aws.events.event.json>,"at":<aws.events.event.ingestion-time>}';
    expect(JSON.parse(filledText(template)!)).toEqual({
      rule: 'r',
      arn: 'arn:rule',
      event: { ...others, detailType },
      all: event,
      at: event.time,
    });
  });

  test.each<[string, Partial<RuleTarget>, string]>([
    ['a path with a filter', { inputPath: '$.detail.lines[*]' }, 'is not supported'],
    ['a path without $', { inputPath: 'detail' }, 'is not supported'],
    [
      'a placeholder of no path',
      { inputTransformer: { inputTemplate: '<who>' } },
      'InputTemplate for target t contains invalid placeholder who.',
    ],
    [
      'two kinds of input',
      { input: '1', inputPath: '$' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    ],
    ['a constant that is no JSON', { input: 'x' }, 'not valid JSON'],
  ])('is refused with %s', (_, target, message) => {
    expect(() => inputOf(target)).toThrow(message);
  });
});
