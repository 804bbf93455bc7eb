import { describe, expect, test } from 'vitest';
import { type Facts, isReady, preflight, type Wanted } from '../../../../launch/deploy/preflight/checks.ts';
import { reportOf } from '../../../../launch/deploy/preflight/report.ts';
import { stageNamed } from '../../../../lib/stages/stage.ts';
import { STAGES } from '../../../../lib/stages/stages.ts';

const ROLE = 'arn:aws:iam::123456789012:role/apigateway-logs';
const FACTS: Facts = {
  caller: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ada', region: 'eu-central-1' },
  bootstrapVersion: 30,
  concurrency: { limit: 1_000, unreserved: 1_000 },
  loggingRole: ROLE,
  stacks: [],
};
const WANTED: Wanted = {
  stage: stageNamed('prod', STAGES),
  prefix: 'WaybillProd',
  bootstrapVersion: 6,
  parameters: { CarrierUrl: 'https://carrier.example' },
  templateParameters: {
    CarrierUrl: { AllowedPattern: '^https://.+$', ConstraintDescription: 'must be a URL' },
    AuthoriserConcurrency: { Default: '100', AllowedPattern: '^[0-9]+$' },
  },
  replacesLoggingRole: false,
};
const stage = (change: object) => ({ stage: { ...WANTED.stage, ...change } });
const stack = (name: string, status: string, parameters: Readonly<Record<string, string>> = {}) => ({
  name: `WaybillProd-${name}`,
  status,
  parameters,
  outputs: {},
});

const wrongWith = (facts: Partial<Facts>, wanted: Partial<Wanted> = {}) => {
  const findings = preflight({ ...FACTS, ...facts }, { ...WANTED, ...wanted });
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong');
  expect(isReady(findings)).toBe(wrong.length === 0);
  for (const { remedy } of wrong) expect(remedy).toBeTruthy();
  return wrong.map(({ subject, got, expected, remedy }) => `${subject}: ${got}; ${expected}. ${remedy}`);
};

describe('An account', () => {
  test('that has all is ready', () => {
    expect(wrongWith({})).toEqual([]);
  });

  test('of another number than the stage’s is refused', () => {
    const [finding, ...others] = wrongWith({}, stage({ account: '999999999999' }));
    expect(finding).toMatch(/^account: 123456789012 \(.*ada\); 999999999999\. Take credentials of 999999999999/);
    expect(others).toEqual([]);
  });

  test('in another region than the stage’s is refused', () => {
    expect(wrongWith({}, stage({ region: 'us-east-1' }))).toEqual([
      'region: eu-central-1; us-east-1. Set AWS_REGION=us-east-1, or change "region" of the stage prod.',
    ]);
  });

  test.each([undefined, 5])('with the bootstrap %s is refused, with the command that makes it', (bootstrapVersion) => {
    expect(wrongWith({ bootstrapVersion })).toEqual([
      expect.stringMatching(/version 6 or newer\. Run `npx cdk bootstrap aws:\/\/123456789012\/eu-central-1`/),
    ]);
  });
});

describe('Concurrency', () => {
  test('that leaves fewer than a hundred for others is refused', () => {
    expect(wrongWith({ concurrency: { limit: 199, unreserved: 199 } })).toEqual([
      expect.stringContaining('at least 100 unreserved beside the 100 of AuthoriserConcurrency'),
    ]);
    expect(wrongWith({ concurrency: { limit: 200, unreserved: 200 } })).toEqual([]);
  });

  test('is enough where nothing is reserved, with a warning for a new account', () => {
    const small = { concurrency: { limit: 10, unreserved: 10 } };
    const wanted = { parameters: { ...WANTED.parameters, AuthoriserConcurrency: '0' } };
    expect(wrongWith(small, wanted)).toEqual([]);
    const findings = preflight({ ...FACTS, ...small }, { ...WANTED, ...wanted });
    expect(findings.filter(({ verdict }) => verdict === 'warning').map(({ subject }) => subject)).toEqual([
      'concurrency of Lambda',
    ]);
  });

  test('that the stage has reserved itself counts for its next deployment', () => {
    const stacks = [stack('Stateless', 'UPDATE_COMPLETE', { AuthoriserConcurrency: '100', CarrierUrl: 'https://c' })];
    expect(wrongWith({ concurrency: { limit: 200, unreserved: 100 }, stacks })).toEqual([]);
  });
});

describe('API Gateway’s role for logs', () => {
  const set = stage({ accountLogging: 'set' });

  test('has to be there for a stage that sets none', () => {
    expect(wrongWith({ loggingRole: undefined })).toEqual([expect.stringContaining("accountLogging: 'set'")]);
  });

  test('of others is never replaced unasked', () => {
    expect(wrongWith({}, set)).toEqual([expect.stringContaining('--replace-logging-role')]);
    expect(wrongWith({}, { ...set, replacesLoggingRole: true })).toEqual([]);
  });

  test('is set where there is none, and stays where it is the stage’s own', () => {
    expect(wrongWith({ loggingRole: undefined }, set)).toEqual([]);
    const loggingRole = 'arn:aws:iam::123456789012:role/WaybillProd-Api-ApiCloudWatchRole73EC6FC4-abc';
    expect(wrongWith({ loggingRole }, set)).toEqual([]);
  });
});

describe('Stacks', () => {
  test.each([
    ['ROLLBACK_COMPLETE', 'delete-stack --stack-name WaybillProd-Api'],
    ['UPDATE_ROLLBACK_FAILED', 'continue-update-rollback --stack-name WaybillProd-Api'],
    ['UPDATE_IN_PROGRESS', 'wait until it has ended'],
  ])('in the state %s stop a deployment, with what to do', (status, remedy) => {
    expect(wrongWith({ stacks: [stack('Api', status), stack('Ledger', 'CREATE_COMPLETE')] })).toEqual([
      expect.stringContaining(remedy),
    ]);
  });

  test.each(['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'])(
    'in the state %s are updated',
    (status) => {
      expect(wrongWith({ stacks: [stack('Api', status)] })).toEqual([]);
    },
  );
});

describe('Parameters', () => {
  test('without a value are refused, unless the deployed stack has one', () => {
    expect(wrongWith({}, { parameters: {} })).toEqual([
      expect.stringMatching(/^parameter CarrierUrl: nothing; a value/),
    ]);
    const stacks = [stack('Stateless', 'CREATE_COMPLETE', { CarrierUrl: 'https://carrier.example' })];
    expect(wrongWith({ stacks }, { parameters: {} })).toEqual([]);
  });

  test('with a wrong value or name are refused before CloudFormation sees them', () => {
    expect(wrongWith({}, { parameters: { CarrierUrl: 'ftp://x' } })).toEqual([
      expect.stringMatching(/^parameter CarrierUrl: "ftp:\/\/x"; must be a URL/),
    ]);
    expect(wrongWith({}, { parameters: { ...WANTED.parameters, CarierUrl: 'https://x' } })).toEqual([
      expect.stringMatching(
        /^parameter CarierUrl: a name that the app does not have; one of AuthoriserConcurrency, CarrierUrl/,
      ),
    ]);
  });
});

test('The report says what was got, and where something is to be done, what was expected and what to do', () => {
  expect(reportOf(preflight({ ...FACTS, loggingRole: undefined }, WANTED))).toEqual([
    '✓ account: 123456789012 (arn:aws:iam::123456789012:user/ada)',
    '✓ region: eu-central-1',
    '✓ bootstrap of CDK: version 30',
    '✓ concurrency of Lambda: 1000 in all, 1000 of them unreserved',
    '✗ API Gateway’s role for logs: none; expected one that is set for the account and the region',
    expect.stringMatching(/^ {4}Set one/),
    '✓ stacks: none: this is the first deployment',
    '✓ parameters: 2, each with a value',
  ]);
});
