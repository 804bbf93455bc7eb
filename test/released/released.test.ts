/** What is deployed somewhere can be updated to this code, while it is in use. */
import { beforeAll, describe, expect, test } from 'vitest';
import { now } from './now/now.ts';
import { readRecord } from './record-files.ts';
import { type Now, refusals } from './rules/refusals.ts';

const released = readRecord();
let current: Now;
beforeAll(() => {
  current = now();
});

describe('A deployment of what was released', () => {
  // Where no deployment runs what was recorded: npm run record-release -- --reason <why>
  test('can be updated to this code: it keeps its data, reads its events and ends its executions', () => {
    expect(refusals(released, current)).toEqual([]);
  });

  test('is recorded with all tables, sagas and logs of events that there are', () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::StepFunctions::StateMachine', 'AWS::Events::EventBus'];
    const recorded = new Set(Object.values(released.resources).flatMap((resources) => Object.keys(resources)));
    const there = Object.values(current.resources).flatMap((resources) =>
      Object.entries(resources).flatMap(([id, { type }]) => (kept.includes(type) ? [id] : [])),
    );
    expect(there.length).toBeGreaterThan(20);
    expect(there.filter((id) => !recorded.has(id))).toEqual([]);
    expect(Object.keys(released.events)).toEqual(Object.keys(current.events));
  });
});
