import * as z from 'zod';
import { type ProblemType, problemUri } from '../../../shared/http/problems.ts';

/** Every problem document of the API, whose type is one of these. */
export const problemSchema = (types: readonly ProblemType[]) =>
  z
    .object({
      type: z
        .enum(types.map(problemUri))
        .or(z.literal('about:blank'))
        .describe('Names the kind of problem, and is stable. `about:blank` when the status says everything.'),
      title: z.string().describe('The kind of problem in words.'),
      status: z.int().optional().describe('The status of the answer.'),
      detail: z.string().describe('What is wrong with this request.'),
      instance: z.string().describe('The path of the request.'),
      errors: z
        .array(
          z.union([
            z.object({ pointer: z.string().describe('Into the body (RFC 6901).'), detail: z.string() }),
            z.object({ parameter: z.string().describe('Of the query.'), detail: z.string() }),
          ]),
        )
        .optional()
        .describe('Each fault of a request that is not valid.'),
    })
    .meta({ id: 'Problem', description: 'A problem document (RFC 9457).' });
