import type { Operations } from '../../operations.ts';
import type { PutEventsEntry } from '../rule.ts';
import { testEventPattern } from '../test-event-pattern.ts';
import { invalid } from './input.ts';
import type { ApiParts } from './parts.ts';

export const eventOperations = ({ publisher }: Pick<ApiParts, 'publisher'>): Operations => ({
  PutEvents({ Entries }) {
    if (!Array.isArray(Entries)) throw invalid('PutEvents needs a list of Entries.');
    return publisher.putEvents(Entries as PutEventsEntry[]);
  },
  TestEventPattern(input) {
    return { Result: testEventPattern(input) };
  },
});
