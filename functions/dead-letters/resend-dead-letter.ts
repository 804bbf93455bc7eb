import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { resendLetter } from './application/resend-letters.ts';
import { letterCommands } from './composition.ts';
import { letterCommandEndpoint } from './http/letter-command-endpoint.ts';
import { resendDeadLetter } from './routes.ts';

/** `POST /api/v1/dead-letters/{letterId}/resend`: its message goes to its queue again. */
export const makeHandler = letterCommandEndpoint(resendDeadLetter, resendLetter);

export const handler: Handler = limited(makeHandler(letterCommands()));
