import type { Handler } from 'aws-lambda';
import { limited } from '../shared/edge/limited.ts';
import { dismissLetter } from './application/resend-letters.ts';
import { letterCommands } from './composition.ts';
import { letterCommandEndpoint } from './http/letter-command-endpoint.ts';
import { dismissDeadLetter } from './routes.ts';

/** `POST /api/v1/dead-letters/{letterId}/dismiss`: nothing is to be done about it. */
export const makeHandler = letterCommandEndpoint(dismissDeadLetter, dismissLetter);

export const handler: Handler = limited(makeHandler(letterCommands()));
