import { describe, expect, test } from 'vitest';
import { Policies, type PolicyDocument } from '../../../../local/iam/policies.ts';

const ROLE = 'arn:aws:iam::000000000000:role/app-role';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

function policies(...statements: PolicyDocument['Statement'][]): Policies {
  const attached = new Policies();
  for (const Statement of statements) attached.attach('app-role', { Statement });
  return attached;
}

describe('A permission is', () => {
  const allow = (Action: string | string[], Resource: string | string[]): Policies =>
    policies({ Effect: 'Allow', Action, Resource });

  const cases: readonly (readonly [string, Policies, string, string, boolean])[] = [
    ['given by name', allow('dynamodb:PutItem', TABLE), 'dynamodb:PutItem', TABLE, true],
    [
      'given among several',
      allow(['dynamodb:GetItem', 'dynamodb:PutItem'], ['x', TABLE]),
      'dynamodb:PutItem',
      TABLE,
      true,
    ],
    ['given whatever the case of the action', allow('DynamoDB:putitem', TABLE), 'dynamodb:PutItem', TABLE, true],
    ['given by a wildcard action', allow('dynamodb:Get*', TABLE), 'dynamodb:GetItem', TABLE, true],
    ['given for everything', allow('*', '*'), 'dynamodb:GetItem', TABLE, true],
    [
      'given for one character',
      allow('dynamodb:GetItem', 'arn:aws:dynamodb:us-east-?:000000000000:table/orders'),
      'dynamodb:GetItem',
      TABLE,
      true,
    ],
    [
      'given for what is below',
      allow('dynamodb:Query', `${TABLE}/index/*`),
      'dynamodb:Query',
      `${TABLE}/index/by-date`,
      true,
    ],
    [
      'not given for what is below by what is above',
      allow('dynamodb:Query', TABLE),
      'dynamodb:Query',
      `${TABLE}/index/by-date`,
      false,
    ],
    ['not given by another action', allow('dynamodb:PutItem', TABLE), 'dynamodb:DeleteItem', TABLE, false],
    [
      'not given by a resource in another case',
      allow('dynamodb:PutItem', TABLE.toUpperCase()),
      'dynamodb:PutItem',
      TABLE,
      false,
    ],
    [
      'not given by a pattern that fits a part',
      allow('dynamodb:PutItem', TABLE.slice(0, -1)),
      'dynamodb:PutItem',
      TABLE,
      false,
    ],
    [
      'not given because a dot is no wildcard',
      allow('dynamodb:PutItem', TABLE.replace('orders', 'o.ders')),
      'dynamodb:PutItem',
      TABLE,
      false,
    ],
    ['not given without a policy', policies(), 'dynamodb:PutItem', TABLE, false],
  ];
  test.each(cases)('%s', (_, attached, action, resource, allowed) => {
    expect(attached.allows(ROLE, { action, resource })).toBe(allowed);
  });

  test('given to no other role', () => {
    expect(allow('*', '*').allows(`${ROLE}-2`, { action: 'sqs:SendMessage', resource: 'x' })).toBe(false);
  });

  test('taken by a Deny, whichever policy says so', () => {
    const attached = policies(
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: TABLE },
    );
    expect(attached.allows(ROLE, { action: 'dynamodb:PutItem', resource: TABLE })).toBe(true);
    expect(attached.allows(ROLE, { action: 'dynamodb:DeleteItem', resource: TABLE })).toBe(false);
  });

  test('given by a policy that comes after the question was asked before', () => {
    const attached = policies();
    expect(attached.allows(ROLE, { action: 'dynamodb:PutItem', resource: TABLE })).toBe(false);
    attached.attach('app-role', { Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE }] });
    expect(attached.allows(ROLE, { action: 'dynamodb:PutItem', resource: TABLE })).toBe(true);
  });
});

test('A refusal is in AWS’s words, and tells a missing grant from a Deny', () => {
  const attached = policies({ Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: TABLE });
  const refusal = (action: string) => () => attached.require(ROLE, { action, resource: TABLE }, 'create-order');
  const user = 'User: arn:aws:sts::000000000000:assumed-role/app-role/create-order is not authorized to perform:';
  expect(refusal('dynamodb:PutItem')).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      message: `${user} dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    }),
  );
  expect(refusal('dynamodb:DeleteItem')).toThrow(
    `${user} dynamodb:DeleteItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
  );
});

test.each([
  { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
  { Effect: 'Allow', Action: '*', NotResource: 'x' },
  { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
] as const)('A statement that cannot be judged is refused aloud: %j', (statement) => {
  expect(() => policies(statement)).toThrow(/app-role uses NotAction, NotResource or Condition/);
});

describe('A grant', () => {
  test('is told of when it is made, and once more when it allows something for the first time', () => {
    const told: string[] = [];
    const attached = new Policies((event, { role, action, resource }) =>
      told.push(`${event} ${role} ${action} ${resource}`),
    );
    const Statement = [
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: TABLE },
      { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: TABLE },
    ] as const;
    attached.attach('app-role', { Statement });
    expect(told.splice(0)).toEqual([
      `granted app-role dynamodb:GetItem ${TABLE}`,
      `granted app-role dynamodb:PutItem ${TABLE}`,
    ]);
    for (const action of ['GetItem', 'GetItem', 'DeleteItem', 'Query']) {
      attached.allows(ROLE, { action: `dynamodb:${action}`, resource: TABLE });
    }
    expect(told).toEqual([`used app-role dynamodb:GetItem ${TABLE}`]);
    expect(attached.grants().map(({ action, used }) => [action, used])).toEqual([
      ['dynamodb:GetItem', true],
      ['dynamodb:PutItem', false],
    ]);
  });

  test('is not used by what another policy denies', () => {
    const denied = policies(
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: TABLE },
      { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' },
    );
    denied.allows(ROLE, { action: 'dynamodb:PutItem', resource: TABLE });
    expect(denied.grants().map(({ used }) => used)).toEqual([false]);
  });
});
