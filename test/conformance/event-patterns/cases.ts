import type { Json, JsonObject } from '../../../local/contracts.ts';

/** A pattern with events that it matches and events that it does not. */
export interface PatternCase {
  readonly rule: string;
  readonly pattern: JsonObject;
  readonly matched: readonly Json[];
  readonly unmatched: readonly Json[];
}

const both = { detail: { sku: ['MUG'], quantity: [2] } };

/** As EventBridge was recorded, or as the library that it runs is documented. */
export const MATCHING: readonly PatternCase[] = [
  {
    rule: 'an empty prefix is of every text',
    pattern: { a: [{ prefix: '' }] },
    matched: [{ a: '' }, { a: 'x' }],
    unmatched: [{ a: 1 }, { a: null }, {}],
  },
  {
    rule: 'an empty suffix is of every text',
    pattern: { a: [{ suffix: '' }] },
    matched: [{ a: '' }, { a: 'x' }],
    unmatched: [{ a: 1 }, {}],
  },
  {
    rule: 'an empty equals-ignore-case equals the empty text',
    pattern: { a: [{ 'equals-ignore-case': '' }] },
    matched: [{ a: '' }],
    unmatched: [{ a: 'x' }, {}],
  },
  {
    rule: 'an empty wildcard is the empty text',
    pattern: { a: [{ wildcard: '' }] },
    matched: [{ a: '' }],
    unmatched: [{ a: 'x' }],
  },
  {
    rule: 'an empty affix without case is of every text',
    pattern: { a: [{ prefix: { 'equals-ignore-case': '' } }] },
    matched: [{ a: 'x' }],
    unmatched: [{ a: 1 }],
  },
  {
    rule: 'anything but the empty text, without case',
    pattern: { a: [{ 'anything-but': { 'equals-ignore-case': '' } }] },
    matched: [{ a: 'x' }, { a: null }],
    unmatched: [{ a: '' }, {}],
  },
  {
    rule: 'anything but the empty wildcard',
    pattern: { a: [{ 'anything-but': { wildcard: '' } }] },
    matched: [{ a: 'x' }],
    unmatched: [{ a: '' }],
  },
  {
    rule: 'anything but a filter on text takes values that are no text',
    pattern: { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] },
    matched: [{ a: 1 }, { a: null }, { a: 'z' }],
    unmatched: [{ a: 'xy' }, {}],
  },
  {
    rule: 'a dotted name matches nested fields',
    pattern: { 'detail.state': ['running'] },
    matched: [{ detail: { state: 'running' } }, { 'detail.state': 'running' }],
    unmatched: [{ detail: { state: 'stopped' } }, { detail: 'running' }],
  },
  {
    rule: 'nested fields match a dotted name',
    pattern: { detail: { state: { status: ['running'] } } },
    matched: [
      { detail: { 'state.status': 'running' } },
      { 'detail.state': { status: 'running' } },
      { 'detail.state.status': 'running' },
    ],
    unmatched: [{ detail: { 'state.status': { status: 'running' } } }],
  },
  {
    rule: 'a dotted name and a nested field of the same path are both looked at',
    pattern: { 'a.b': ['x'] },
    matched: [{ a: { b: 'y' }, 'a.b': 'x' }],
    unmatched: [{ a: { b: 'y' }, 'a.b': 'z' }],
  },
  {
    rule: 'nested fields are of one and the same element, also when the pattern names them with dots',
    pattern: { 'detail.sku': ['MUG'], detail: { quantity: [2] } },
    matched: [{ detail: [{ sku: 'TEA' }, { sku: 'MUG', quantity: 2 }] }],
    unmatched: [{ detail: [{ sku: 'MUG' }, { quantity: 2 }] }],
  },
  {
    rule: 'elements of arrays in arrays belong together',
    pattern: { u: { t: { k: ['color'], v: ['blue'] } } },
    matched: [{ u: [{ t: [{ k: 'size' }, { k: 'color', v: 'blue' }] }] }],
    unmatched: [
      { u: [{ t: [{ k: 'color' }, { v: 'blue' }] }] },
      { u: [{ t: [{ k: 'color' }] }, { t: [{ v: 'blue' }] }] },
    ],
  },
  {
    rule: 'fields of one element and a list of texts are independent',
    pattern: { ...both, tags: ['a'] },
    matched: [{ detail: [{}, { sku: 'MUG', quantity: 2 }], tags: ['b', 'a'] }],
    unmatched: [{ detail: [{ sku: 'MUG', quantity: 2 }], tags: ['b'] }],
  },
  {
    rule: 'absence is of the whole event',
    pattern: { detail: { a: [{ exists: false }] } },
    matched: [{}, { detail: [] }, { detail: { a: {} } }, { detail: { a: [] } }],
    unmatched: [{ detail: [{ b: 1 }, { a: 1 }] }, { 'detail.a': null }],
  },
  {
    rule: 'absence is one matcher among others',
    pattern: { a: ['x', { exists: false }] },
    matched: [{}, { a: 'x' }],
    unmatched: [{ a: 'y' }],
  },
  {
    rule: '$or beside other fields, and twice',
    pattern: { s: [1], $or: [{ a: [1] }, { b: [1] }], d: { $or: [{ a: [1] }, { b: [{ exists: false }] }] } },
    matched: [
      { s: 1, b: 1 },
      { s: 1, a: 1, d: { a: 1, b: 1 } },
    ],
    unmatched: [{ s: 1 }, { s: 1, a: 1, d: { b: 1 } }, { a: 1 }],
  },
  {
    rule: '$or within one element of an array',
    pattern: { i: { k: ['x'], $or: [{ a: [1] }, { b: [1] }] } },
    matched: [{ i: [{ k: 'y' }, { k: 'x', b: 1 }] }],
    unmatched: [{ i: [{ k: 'x' }, { b: 1 }] }],
  },
  {
    rule: 'exactly is a text',
    pattern: { a: [{ exactly: 'x' }] },
    matched: [{ a: 'x' }],
    unmatched: [{ a: 'X' }, { a: 1 }],
  },
  {
    rule: 'numbers are compared by value',
    pattern: { a: [{ numeric: ['=', 300] }] },
    matched: [{ a: 3.0e2 }],
    unmatched: [{ a: '300' }, { a: null }],
  },
  {
    rule: 'stars stand for any text, and literals may repeat after them',
    pattern: { a: [{ wildcard: '/Users/*/dir/dir/dir/doc.*' }] },
    matched: [{ a: '/Users/ann/dir/dir/dir/dir/doc.txt' }],
    unmatched: [{ a: '/Users/ann/dir/dir/doc.txt' }],
  },
  {
    rule: 'a network takes the whole range of its address',
    pattern: { a: [{ cidr: '10.1.2.3/16' }] },
    matched: [{ a: '10.1.0.0' }, { a: '10.1.255.255' }],
    unmatched: [{ a: '10.2.0.0' }, { a: 'x' }, { a: 1 }],
  },
];
