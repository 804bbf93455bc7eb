import { expect, test } from 'vitest';
import { STAGES } from '../../../lib/stages/stages.ts';
import type { Assembly } from '../support/assembly.ts';
import { circleIn } from '../support/circles.ts';
import { expectRoom, roomOf } from '../support/room.ts';

/** What every stage has, and what each says of itself. */
export function fitting(stage: string, assembly: () => Assembly): void {
  const { keepsData, recoveryDays, logDays, auditDays, personalDataDays, terminationProtection } =
    STAGES[stage as keyof typeof STAGES];

  test(`The stage ${stage} is far from what CloudFormation takes`, () => {
    for (const [name, template] of assembly().stacks) expectRoom(template, roomOf(name));
  });

  test(`No resources of the stage ${stage} wait for each other`, () => {
    for (const [name, template] of assembly().stacks) expect([name, circleIn(template)]).toEqual([name, undefined]);
  });

  test(`The stage ${stage} deploys no stack before one that it imports from`, () => {
    const imports = [...assembly().stacks.keys()].flatMap((stack) =>
      assembly()
        .importsOf(stack)
        .map((imported) => ({ stack, ...imported })),
    );
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter(({ isThere }) => !isThere)).toEqual([]);
  });

  test(`The stage ${stage} keeps data, logs and stacks as it says`, () => {
    const tables = assembly().all('AWS::DynamoDB::Table');
    expect(new Set(tables.map(({ deletionPolicy }) => deletionPolicy))).toEqual(
      new Set([keepsData ? 'Retain' : 'Delete']),
    );
    expect(new Set(tables.map(({ properties }) => properties.DeletionProtectionEnabled as unknown))).toEqual(
      new Set([keepsData]),
    );
    const days = tables.map(({ properties }) => properties.PointInTimeRecoverySpecification.RecoveryPeriodInDays ?? 35);
    expect(new Set(days)).toEqual(new Set([recoveryDays]));
    const logs = assembly().all('AWS::Logs::LogGroup');
    expect(new Set(logs.map(({ properties }) => properties.RetentionInDays as unknown))).toEqual(
      new Set([logDays, auditDays]),
    );
    const kept = assembly()
      .all('AWS::Lambda::Function')
      .flatMap(({ properties }) => (properties.Environment?.Variables?.PERSONAL_DATA_DAYS as string | undefined) ?? []);
    expect(new Set(kept)).toEqual(new Set([String(personalDataDays)]));
    const protectedStacks = assembly()
      .stackProperties()
      .map(([, properties]) => properties.terminationProtection);
    expect(new Set(protectedStacks.map(Boolean))).toEqual(new Set([terminationProtection]));
  });
}
