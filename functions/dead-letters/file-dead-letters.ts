import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { reported } from '../shared/edge/faults.ts';
import { LETTER_KINDS } from '../shared/kernel/letter-kind.ts';
import { type FileDeps, fileLetters } from './application/file-letters.ts';
import { filing } from './composition.ts';

/** What the rule says on schedule: the queues are too many for the environment of a function. */
const called = z.object({
  queues: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(LETTER_KINDS),
      arn: z.string(),
      destination: z.string().optional(),
    }),
  ),
});

/** Runs on schedule: files what is in the dead-letter queues, and counts the letters that wait. */
export const makeHandler = (deps: FileDeps) => async (event: unknown) => {
  try {
    return await fileLetters(deps, called.parse(event).queues);
  } catch (error) {
    throw reported(error, 'A scheduled run failed.');
  }
};

export const handler: Handler = makeHandler(filing());
