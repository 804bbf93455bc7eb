import { describe, expect, test } from 'vitest';
import type { Assembly, Resource } from '../support/assembly.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly Service?: unknown };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Properties = Resource['properties'];

const STORES = {
  'AWS::DynamoDB::Table': (properties: Properties) => properties.SSESpecification?.KMSMasterKeyId as unknown,
  'AWS::SQS::Queue': (properties: Properties) => properties.KmsMasterKeyId as unknown,
  'AWS::Logs::LogGroup': (properties: Properties) => properties.KmsKeyId as unknown,
  'AWS::SecretsManager::Secret': (properties: Properties) => properties.KmsKeyId as unknown,
  'AWS::SNS::Topic': (properties: Properties) => properties.KmsMasterKeyId as unknown,
};

const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** @param withKey a stage with a key of its own @param without one without */
export function encrypted(withKey: () => Assembly, without: () => Assembly): void {
  describe('A stage with a key of its own', () => {
    test('encrypts every table, queue, log, credential and topic with it, and has it rotated and kept', () => {
      const [key, ...others] = withKey().all('AWS::KMS::Key');
      expect(others).toEqual([]);
      expect(key).toMatchObject({ properties: { EnableKeyRotation: true }, deletionPolicy: 'Retain' });
      for (const [type, keyIn] of Object.entries(STORES)) {
        for (const { id, properties } of withKey().all(type)) {
          expect([id, withKey().target(keyIn(properties))]).toEqual([id, key!.id]);
        }
      }
      expect(
        withKey()
          .all('AWS::SQS::Queue')
          .filter(({ properties }) => properties.SqsManagedSseEnabled !== undefined),
      ).toEqual([]);
    });

    test('lets each function use it for what it may do with a resource, through the service of that alone', () => {
      const policies = withKey().all('AWS::IAM::Policy');
      expect(policies.length).toBeGreaterThan(50);
      for (const { id, properties } of policies) {
        const statements = properties.PolicyDocument.Statement as readonly Statement[];
        const done = new Set(statements.flatMap(({ Action }) => listed(Action)));
        const ofKey = statements.filter(({ Action }) => listed(Action).some((action) => action.startsWith('kms:')));
        for (const { Condition, Action, Resource } of ofKey) {
          expect([id, withKey().target(Resource), withKey().resource(withKey().target(Resource)).type]).toEqual([
            id,
            expect.stringMatching(/^CustomerKey/),
            'AWS::KMS::Key',
          ]);
          const [, service] = /"(dynamodb|sqs|secretsmanager)\./.exec(JSON.stringify(Condition))!;
          const [reads, writes] = USES[service as keyof typeof USES];
          const isUsed = (those: readonly string[]) => those.some((action) => done.has(action));
          expect([id, service, isUsed([...reads, ...writes])]).toEqual([id, service, true]);
          expect([id, listed(Action).includes('kms:GenerateDataKey')]).toEqual([id, isUsed(writes)]);
          expect(listed(Action)).toContain('kms:Decrypt');
        }
        const services = ofKey.map(({ Condition }) => JSON.stringify(Condition));
        for (const [service, [reads, writes]] of Object.entries(USES)) {
          if (![...reads, ...writes].some((action) => done.has(action))) continue;
          expect([id, service, services.filter((text) => text.includes(`"${service}.`)).length > 0]).toEqual([
            id,
            service,
            true,
          ]);
        }
      }
    });

    test('lets EventBridge, CloudWatch and CloudWatch Logs use it for this account and its own log groups alone', () => {
      const [key] = withKey().all('AWS::KMS::Key');
      const statements = key!.properties.KeyPolicy.Statement as readonly Statement[];
      const services = statements.filter(({ Principal }) => Principal?.Service !== undefined);
      expect(services.map(({ Principal, Condition }) => [Principal!.Service, Condition])).toEqual([
        [
          ['cloudwatch.amazonaws.com', 'events.amazonaws.com'],
          { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        ],
        [
          { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [expect.anything(), expect.anything()] } },
        ],
      ]);
      const text = JSON.stringify(services.at(-1));
      expect(text).toContain(':log-group:WaybillProd-*');
      expect(text).toContain(':log-group:/aws/vendedlogs/states/WaybillProd-*');
    });
  });

  test('A stage without a key of its own has none, and grants none', () => {
    expect(() => without().all('AWS::KMS::Key')).toThrow('The templates have no AWS::KMS::Key');
    expect(JSON.stringify([...without().stacks.values()])).not.toContain('"kms:');
  });
}

/** What needs the key, by service: what only opens it, and what makes new keys of it. */
const USES = {
  dynamodb: [
    ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'GetRecords'].map((action) => `dynamodb:${action}`),
    ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`),
  ],
  sqs: [['sqs:ReceiveMessage'], ['sqs:SendMessage']],
  secretsmanager: [['secretsmanager:GetSecretValue'], ['secretsmanager:PutSecretValue']],
} as const;
