import { describe, expect, test } from 'vitest';
import { failedItems } from '../../../local/event-source.ts';

const ids = ['a', 'b', 'c'];
const failedOf = (payload: string, functionError?: 'Unhandled'): string[] => [
  ...failedItems(
    { statusCode: 200, executedVersion: '$LATEST', payload, ...(functionError && { functionError }) },
    ids,
  ),
];

describe('the answer of a function that reports its failures', () => {
  test.each([
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a null list', '{"batchItemFailures":null}'],
    ['an empty list', '{"batchItemFailures":[]}'],
  ])('fails nothing when it is %s', (_, payload) => {
    expect(failedOf(payload)).toEqual([]);
  });

  test('fails the messages that it names', () => {
    expect(failedOf('{"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a"}]}')).toEqual(['c', 'a']);
  });

  test.each([
    ['a text', '"fine"'],
    ['a list', '[]'],
    ['failures that are no list', '{"batchItemFailures":"a"}'],
    ['an empty identifier', '{"batchItemFailures":[{"itemIdentifier":""}]}'],
    ['a null identifier', '{"batchItemFailures":[{"itemIdentifier":null}]}'],
    ['a misspelt identifier', '{"batchItemFailures":[{"itemIdentifer":"a"}]}'],
    ['a failure that is null', '{"batchItemFailures":[null]}'],
    ['a message that is not in the batch', '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"z"}]}'],
  ])('fails the whole batch when it has %s', (_, payload) => {
    expect(failedOf(payload)).toEqual(ids);
  });

  test('fails the whole batch when it is an error', () => {
    expect(failedOf('{"errorType":"Error"}', 'Unhandled')).toEqual(ids);
  });
});
