import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../functions/published/routes.ts';
import type { Assembly } from '../support/assembly.ts';

/** What the stage says, written down once more: a change of it is a decision. */
const RECOVERY_DAYS = 35;
const LOG_DAYS = 180;
const AUDIT_DAYS = 400;

/** Its logical id, as CDK makes it of the function's name, without the hash. */
const logOf = (name: string): string =>
  `${name.replace(/^.*\//, '').replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}Log`;

/** @param prod the assembly of the stage `prod` */
export function keptInProduction(prod: () => Assembly): void {
  describe('The stage prod', () => {
    test('keeps every table when its stack is deleted, protected against deletion, and recoverable to any second of 35 days', () => {
      for (const { id, properties, deletionPolicy, updateReplacePolicy } of prod().all('AWS::DynamoDB::Table')) {
        expect([id, deletionPolicy, updateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
        expect(properties.DeletionProtectionEnabled).toBe(true);
        const { RecoveryPeriodInDays = RECOVERY_DAYS, ...recovery } = properties.PointInTimeRecoverySpecification;
        expect({ ...recovery, days: RecoveryPeriodInDays }).toEqual({
          PointInTimeRecoveryEnabled: true,
          days: RECOVERY_DAYS,
        });
      }
    });

    test('keeps credentials when their stack is deleted', () => {
      for (const { id, deletionPolicy, updateReplacePolicy } of prod().all('AWS::SecretsManager::Secret')) {
        expect([id, deletionPolicy, updateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
      }
    });

    test('keeps parked orders and dead letters when their stack is deleted', () => {
      const all = prod();
      const queues = all.all('AWS::SQS::Queue');
      const kept = queues.filter(({ deletionPolicy, updateReplacePolicy }) =>
        [deletionPolicy, updateReplacePolicy].every((policy) => policy === 'Retain'),
      );
      const deadLetters = [
        ...queues.map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn as unknown),
        ...all
          .all('AWS::Lambda::EventSourceMapping')
          .map(({ properties }) => properties.DestinationConfig?.OnFailure.Destination as unknown),
        ...all
          .all('AWS::Events::Rule')
          .flatMap(({ properties }) =>
            (properties.Targets as { DeadLetterConfig?: { Arn: unknown } }[]).map((each) => each.DeadLetterConfig?.Arn),
          ),
      ]
        .filter((arn) => arn !== undefined)
        .map((arn) => all.target(arn));
      const holding = ['ParkedOrdersQueue', 'SagaFailuresQueue'].map((name) => all.one('AWS::SQS::Queue', name).id);
      const ids = new Set(kept.map(({ id }) => id));
      expect([...new Set([...deadLetters, ...holding])].filter((id) => !ids.has(id))).toEqual([]);
      for (const { properties } of kept) expect(properties.MessageRetentionPeriod).toBe(14 * 24 * 3_600);
    });

    test('keeps logs for half a year, and the audit trail for thirteen months: the access log, and the log of each function that operators can ask, also when their stacks are deleted', () => {
      const asked = ROUTES.filter(({ callers }) => callers !== 'anyone' && 'operators' in callers).map(
        ({ function: name }) => logOf(name),
      );
      expect(asked.length).toBeGreaterThan(30);
      const groups = prod().all('AWS::Logs::LogGroup');
      const kept = (days: number) => groups.filter(({ properties }) => properties.RetentionInDays === days);
      const audited = kept(AUDIT_DAYS).map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
      expect(new Set(audited)).toEqual(new Set([...asked, 'ApiAccessLog']));
      expect(kept(LOG_DAYS)).toHaveLength(groups.length - audited.length);
      expect(new Set(kept(AUDIT_DAYS).map(({ deletionPolicy }) => deletionPolicy))).toEqual(new Set(['Retain']));
    });

    test('leaves the role alone with which API Gateway writes logs in the whole account', () => {
      expect(() => prod().all('AWS::ApiGateway::Account')).toThrow('The templates have no AWS::ApiGateway::Account');
    });

    test('has stacks that CloudFormation does not delete unasked, and that say what they belong to', () => {
      for (const [name, { terminationProtection, tags }] of prod().stackProperties()) {
        expect([name, terminationProtection, tags]).toEqual([name, true, { 'waybill:stage': 'prod' }]);
      }
    });
  });
}
