import { test } from 'vitest';
import { TARGET } from './target.ts';

/**
 * What parts of the end-to-end suite need and an emulator of AWS does not have, each with the reason. Where the reason is that MiniStack is not as AWS,
 * `deviation` names the check of `test/emulator/deviations.test.ts` that sees it.
 */
export const ONLY_EMBEDDED = {
  'a platform that is killed and goes on': {
    reason: 'What MiniStack holds is in memory: it forgets everything when it ends.',
  },
  'the output and the files of npm start': {
    reason: 'They are those of the embedded runtime: an emulator has neither its lines of events nor its files.',
  },
  'the pages of the embedded runtime': {
    reason: 'An emulator has no page with everything that was measured.',
  },
  'the rotation of credentials': {
    reason: 'Nothing on MiniStack calls the function that rotates.',
    deviation: 'the rotation of secrets',
  },
  'operations of Step Functions beside running sagas': {
    reason: 'MiniStack has neither redrives nor versions, and deletes what a stack has made.',
    deviation: 'whether an execution can be redriven',
  },
  'the text of an event as it was sent': {
    reason: 'MiniStack reads an event and writes it anew, with spaces.',
    deviation: 'the text of an event',
  },
  'what follows a change of the configuration': {
    reason: 'Systems Manager of MiniStack tells nobody that a parameter has changed.',
    deviation: 'events about changed parameters',
  },
  'few instances of a function': {
    reason:
      'How many instances of a function run is up to MiniStack, as on AWS; the embedded runtime has at most four.',
  },
  'every example of the API in time': {
    reason:
      'test/e2e/api.test.ts asks every endpoint as every kind of caller, carries out every example, and changes orders in moments of a saga that the configuration makes short. ' +
      'There a function starts as a process of its own: those moments are over before the change comes, and the whole takes longer than CI has.',
  },
  'an instance that the test starts': {
    reason: 'test/e2e/start.test.ts is about npm start itself: its folder, its port, its output and its end.',
  },
} as const satisfies Readonly<Record<string, Lack>>;

interface Lack {
  readonly reason: string;
  readonly deviation?: string;
}

export type Capability = keyof typeof ONLY_EMBEDDED;

export const has = (_capability: Capability): boolean => TARGET === 'embedded';

/** `test`, for what needs this: it is skipped where the target does not have it. */
export const testWith = (capability: Capability) => test.skipIf(!has(capability));
