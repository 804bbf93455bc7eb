import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ONLY_EMBEDDED } from '../support/platform/capabilities.ts';
import { type Emulated, startEmulator } from '../support/platform/emulator.ts';
import { aliases, generatedSecrets, references, rotation, versions } from './deviations/resources.ts';
import {
  changedParameters,
  errorNames,
  eventText,
  redriveStatus,
  tokensOfFailures,
  updatesUnderWay,
} from './deviations/running.ts';

/**
 * In what MiniStack is not as AWS, as far as the app (`lib/emulator/`) or a part of the end-to-end suite (`test/support/platform/capabilities.ts`) had to
 * give way. Each check sees the deviation, and fails when it is gone: then what was left out for it comes back.
 */
const DEVIATIONS: Readonly<Record<string, (endpoint: string) => Promise<void>>> = {
  'versions of state machines': versions,
  'aliases of state machines': aliases,
  'the rotation of secrets': rotation,
  'secrets without punctuation': generatedSecrets,
  'the reference of a secret': references,
  'the name of an error of a function that runs on Lambda’s Node': errorNames,
  'the failure of a function that a token is given to': tokensOfFailures,
  'an invocation that is under way when its function is updated': updatesUnderWay,
  'whether an execution can be redriven': redriveStatus,
  'the text of an event': eventText,
  'events about changed parameters': changedParameters,
};

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulator();
});
afterAll(() => emulated.close());

describe('MiniStack is not as AWS in', () => {
  test.each(Object.entries(DEVIATIONS))('%s', async (_, see) => {
    await see(emulated.emulator.url);
  });
});

test('Whatever a part of the suite is left out for on MiniStack is seen by a check', () => {
  const named = Object.values(ONLY_EMBEDDED).flatMap((lack) => ('deviation' in lack ? [lack.deviation] : []));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((deviation) => !Object.hasOwn(DEVIATIONS, deviation))).toEqual([]);
});
