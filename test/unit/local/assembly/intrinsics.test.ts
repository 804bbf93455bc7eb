import { describe, expect, test } from 'vitest';
import { evaluateCondition, references, resolve, type Scope } from '../../../../local/assembly/intrinsics.ts';
import type { Json } from '../../../../local/contracts.ts';

const known =
  <Value>(values: Readonly<Record<string, Value>>) =>
  (name: string): Value => {
    if (!(name in values)) throw new Error(`unknown ${name}`);
    return values[name]!;
  };

const scope: Scope = {
  ref: known<Json>({ Table: 'orders', 'AWS::Region': 'us-east-1', Names: ['a', 'b'] }),
  attribute: (id, attribute) =>
    known<Json>({ 'Table.Arn': 'arn:table', 'Table.Nested.Part': 'deep' })(`${id}.${attribute}`),
  importValue: known<Json>({ 'Other:Bus': 'bus' }),
  condition: known({ IsLive: true, IsTrial: false }),
  mapping: (map, top, second) => known<Json>({ 'Sizes/live/memory': 1_024 })([map, top, second].join('/')),
};

describe('Intrinsic functions', () => {
  const cases: readonly (readonly [string, Json, Json])[] = [
    ['Ref', { Ref: 'Table' }, 'orders'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    ['GetAtt as text, whose attribute may have dots', { 'Fn::GetAtt': 'Table.Nested.Part' }, 'deep'],
    ['Join over other functions', { 'Fn::Join': ['-', ['x', { Ref: 'Table' }, 7]] }, 'x-orders-7'],
    ['Join over a list that a function gives', { 'Fn::Join': ['+', { Ref: 'Names' }] }, 'a+b'],
    [
      'Split and Select, with an index that is text',
      { 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] },
      'table',
    ],
    [
      'Sub with references, attributes and a literal',
      { 'Fn::Sub': '${Table}/${Table.Arn}/${!Table}' },
      'orders/arn:table/${Table}',
    ],
    [
      'Sub with variables, which come before references',
      { 'Fn::Sub': ['${Table}:${Own}', { Table: 'mine', Own: { Ref: 'AWS::Region' } }] },
      'mine:us-east-1',
    ],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'live', 'memory'] }, 1_024],
    ['Base64', { 'Fn::Base64': 'grüße' }, 'Z3LDvMOfZQ=='],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'Other:Bus' } }, 'bus'],
    ['If', { 'Fn::If': ['IsLive', { Ref: 'Table' }, 'none'] }, 'orders'],
    ['If, which looks at the chosen branch only', { 'Fn::If': ['IsTrial', { Ref: 'Missing' }, 'none'] }, 'none'],
    ['NoValue in an object', { kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    ['NoValue in a list', [1, { 'Fn::If': ['IsTrial', 2, { Ref: 'AWS::NoValue' }] }, 3], [1, 3]],
    ['what is no function', { Ref: 'Table', Other: 1 }, { Ref: 'Table', Other: 1 }],
    ['plain values', [null, true, 1.5, 'text', { deep: [] }], [null, true, 1.5, 'text', { deep: [] }]],
  ];
  test.each(cases)('%s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test('that are unknown, or have no answer, are refused by name', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, scope)).toThrow('Fn::Cidr');
    expect(() => resolve({ 'Fn::Select': [2, ['a', 'b']] }, scope)).toThrow('no item 2 among 2');
    expect(() => resolve({ 'Fn::Join': [',', [{ nested: true }]] }, scope)).toThrow('{"nested":true}');
    expect(() => resolve({ Ref: 'Missing' }, scope)).toThrow('unknown Missing');
  });
});

describe('Conditions', () => {
  const cases: readonly (readonly [Json, boolean])[] = [
    [{ 'Fn::Equals': [{ Ref: 'Table' }, 'orders'] }, true],
    [{ 'Fn::Equals': ['1', 1] }, true],
    [{ 'Fn::Equals': ['a', 'b'] }, false],
    [{ 'Fn::And': [{ Condition: 'IsLive' }, { 'Fn::Equals': [1, 1] }] }, true],
    [{ 'Fn::And': [{ Condition: 'IsLive' }, { Condition: 'IsTrial' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'IsTrial' }, { Condition: 'IsLive' }] }, true],
    [{ 'Fn::Or': [{ Condition: 'IsTrial' }, { Condition: 'IsTrial' }] }, false],
    [{ 'Fn::Not': [{ Condition: 'IsTrial' }] }, true],
  ];
  test.each(cases)('%j is %s', (expression, expected) => {
    expect(evaluateCondition(expression, scope)).toBe(expected);
  });

  test('of an unknown kind are refused', () => {
    expect(() => evaluateCondition({ 'Fn::Contains': [] }, scope)).toThrow('Fn::Contains');
  });
});

test('The references of a value are those of Ref, GetAtt and Sub, however deep', () => {
  const value = {
    a: { Ref: 'One' },
    b: [{ 'Fn::GetAtt': ['Two', 'Arn'] }, { 'Fn::GetAtt': 'Three.Arn' }],
    c: { 'Fn::Join': ['', [{ 'Fn::Sub': ['${Four.Arn}${!Literal}${own}', { own: { Ref: 'Five' } }] }]] },
    d: { 'Fn::Sub': '${Six}' },
  };
  expect([...references(value)].filter((name) => name !== 'own').sort()).toEqual([
    'Five',
    'Four',
    'One',
    'Six',
    'Three',
    'Two',
  ]);
});
