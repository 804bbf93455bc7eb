import * as z from 'zod';
import { configurationSchema, DEFAULT_CONFIGURATION } from '../../../shared/configuration/document.ts';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { timestamp } from '../../../shared/http/fields.ts';
import { INVALID_REQUEST, PRECONDITION_FAILED } from '../../../shared/http/problems.ts';
import { OPERATIONS } from '../../../shared/http/tags.ts';
import * as routes from '../../routes.ts';

const PATH = '/api/v1/configuration';

const difference = z
  .object({
    path: z.string().describe('The setting, such as `breaker.openSeconds`.'),
    from: z.unknown().optional().describe('Absent when the setting was not there.'),
    to: z.unknown().optional().describe('Absent when the setting is no longer there.'),
  })
  .meta({ id: 'Difference' });
const faults = z
  .array(z.object({ path: z.string(), detail: z.string() }))
  .describe(
    'Present when this version was written past the API and is wrong: the last good one before it is in force.',
  );
/** What is known of the change that made a version. */
const change = {
  author: z.string().describe('The operator, or who wrote the parameter past the API.'),
  reason: z.string().optional(),
  changedAt: timestamp,
  settings: z.unknown().optional().describe('What was set, all of it.'),
  faults: faults.optional(),
};
export const present = z
  .object({
    version: z.int().min(0).describe('0 before the first change.'),
    ...z.object(change).partial().shape,
    settings: z
      .unknown()
      .describe('What operators have set of what is in force. Those of a wrong version are in the history.'),
    overrides: z.unknown().describe('What the deployment sets; it wins over `settings`.'),
    configuration: configurationSchema.meta({ id: 'Configuration', description: 'What is in force.' }),
  })
  .meta({ id: 'ConfigurationVersion' });
const changed = z
  .object({
    version: z.int().min(0),
    differences: z.array(difference),
    overridden: z
      .array(z.string())
      .optional()
      .describe('The settings that take no effect, because the deployment overrides them.'),
  })
  .meta({ id: 'ConfigurationChange' });
export const history = z
  .object({
    items: z.array(z.object({ version: z.int().min(1), ...change, differences: z.array(difference) })),
  })
  .meta({ id: 'ConfigurationHistory' });

const settingOpenSeconds = (openSeconds: number) => ({
  settings: { breaker: { openSeconds } },
  reason: 'The carrier comes back sooner than that.',
});
/** A deployment whose circuits open only by failures in a row. */
const ONLY_IN_A_ROW = { breaker: { failureRate: null } };
const isShorter = { path: 'breaker.openSeconds', from: 30, to: 25 };

export const CONFIGURATION_CONTRACTS: readonly Contract[] = [
  {
    ...routes.getConfiguration,
    tag: OPERATIONS,
    summary: 'Read the configuration',
    description: 'What is in force, what operators have set, what the deployment overrides, and the last change.',
    answers: { 200: { description: 'The configuration.', schema: present, headers: ['ETag'] } },
    problems: [],
    examples: [
      {
        name: 'configuration',
        summary: 'The configuration that is in force',
        answer: {
          status: 200,
          body: {
            version: 0,
            settings: {},
            overrides: ONLY_IN_A_ROW,
            configuration: {
              ...DEFAULT_CONFIGURATION,
              breaker: { ...DEFAULT_CONFIGURATION.breaker, ...ONLY_IN_A_ROW.breaker },
            },
          },
        },
      },
    ],
  },
  {
    ...routes.changeConfiguration,
    tag: OPERATIONS,
    summary: 'Change the configuration',
    description:
      'Replaces all settings by those of the request. Functions follow within seconds, and no deployment sets them back. A wrong document is refused with every fault, and nothing changes.',
    answers: { 200: { description: 'The version that has these settings.', schema: changed, headers: ['ETag'] } },
    problems: [],
    examples: [
      {
        name: 'shorter-open',
        summary: 'A circuit stays open for a shorter time',
        body: settingOpenSeconds(25),
        answer: { status: 200, body: { version: 1, differences: [isShorter] } },
      },
      {
        name: 'dry-run',
        summary: 'What would change',
        body: { ...settingOpenSeconds(20), dryRun: true },
        answer: { status: 200, body: { version: 1, differences: [{ ...isShorter, from: 25, to: 20 }] } },
      },
      {
        name: 'wrong',
        summary: 'A document with two faults',
        body: { settings: { breaker: { openSeconds: 0, probe: 3 } }, reason: 'A test.' },
        answer: refused(
          INVALID_REQUEST,
          '/settings/breaker/openSeconds: It is 0; expected at least 1.; /settings/breaker/probe: This field is not known.',
          PATH,
          {
            errors: [
              { pointer: '/settings/breaker/openSeconds', detail: 'It is 0; expected at least 1.' },
              { pointer: '/settings/breaker/probe', detail: 'This field is not known.' },
            ],
          },
        ),
      },
      {
        name: 'changed-meanwhile',
        summary: 'A configuration that another operator has changed',
        headers: { 'If-Match': '"999"' },
        body: settingOpenSeconds(25),
        answer: refused(PRECONDITION_FAILED, 'The configuration is at version 1.', PATH),
      },
    ],
  },
  {
    ...routes.getConfigurationHistory,
    tag: OPERATIONS,
    summary: 'Read who changed the configuration',
    description: 'The changes, the newest first; the last hundred are kept.',
    answers: { 200: { description: 'The changes.', schema: history } },
    problems: [],
    examples: [
      {
        name: 'history',
        summary: 'The newest change',
        query: { limit: '1' },
        answer: {
          status: 200,
          body: {
            items: [
              {
                version: 1,
                author: 'O1',
                reason: 'The carrier comes back sooner than that.',
                changedAt: '2026-01-31T12:00:00.640Z',
                settings: { breaker: { openSeconds: 25 } },
                differences: [isShorter],
              },
            ],
          },
        },
      },
    ],
  },
];
