import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import { ALARM_STATES, SEVERITIES } from '../../domain/alarms.ts';
import * as routes from '../../routes.ts';

export const alarms = z
  .object({
    alarms: z.array(
      z.object({
        name: z.string(),
        state: z.enum(ALARM_STATES).describe('`unknown` until it was evaluated for the first time.'),
        severity: z
          .enum(SEVERITIES)
          .describe('`critical`: a person has to look at any hour; `warning`: in working hours.'),
        description: z.string().describe('What has happened when it goes off.'),
        runbook: z.string().describe('The document that says what to do.'),
        reason: z.string().describe('What the state follows from.'),
        since: timestamp.optional().describe('When it took its state.'),
      }),
    ),
  })
  .meta({ id: 'Alarms' });

export const ALARM_CONTRACTS: readonly Contract[] = [
  {
    ...routes.listAlarms,
    tag: OPERATIONS,
    summary: 'List the alarms',
    description:
      'Every alarm of the platform; those that have gone off come first, the critical ones before the others.',
    answers: { 200: { description: 'The alarms.', schema: alarms } },
    problems: [],
    examples: [
      {
        name: 'alarms',
        summary: 'The alarms of a running platform',
        answer: {
          status: 200,
          body: {
            alarms: [
              {
                name: 'Waybill-Stateless-OutboxRelayBehind',
                state: 'ok',
                severity: 'critical',
                description:
                  'Events wait for more than a minute before they are published: what should follow from them is late.',
                runbook: 'docs/runbooks/events-published-late.md',
                reason: 'No datapoint is at the threshold.',
                since: '2026-01-31T12:00:00.000Z',
              },
            ],
          },
        },
      },
      {
        name: 'for-operators',
        summary: 'A customer as the caller',
        by: 'a customer',
        answer: refused(FORBIDDEN, 'This is for operators.', '/api/v1/alarms'),
      },
    ],
  },
];
