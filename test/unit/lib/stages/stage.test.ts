import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { environmentOf, prefixOf } from '../../../../lib/stages/environment.ts';
import { stageNamed } from '../../../../lib/stages/stage.ts';
import { STAGES } from '../../../../lib/stages/stages.ts';
import { synthesisOf } from '../../../../lib/stages/synthesis.ts';

const names = Object.keys(STAGES);
const wrong = (change: object) => () => stageNamed('dev', { dev: { ...STAGES.dev, ...change } });

describe('The stages', () => {
  test.each(names)('are as their type says: %s', (name) => {
    expect(stageNamed(name, STAGES)).toMatchObject({ name, ...STAGES[name as keyof typeof STAGES] });
  });

  test('have names of stacks that no other environment has', () => {
    const prefixes = [undefined, ...names].map((name) => `${prefixOf(name)}-`);
    for (const prefix of prefixes) expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
  });

  test('go into folders of their own, one for each emulator', () => {
    const variants = names.flatMap((stage) => [{ stage }, { stage, emulator: 'ministack' }]);
    const folders = [{}, { emulator: 'ministack' }, ...variants].map((variant) => synthesisOf(variant).outdir);
    expect(new Set(folders).size).toBe(folders.length);
  });
});

describe('A stage', () => {
  test('that is not there is refused with those that are', () => {
    expect(() => stageNamed('production', STAGES)).toThrow(
      'The stage is "production"; expected one of dev, staging, prod (lib/stages/stages.ts).',
    );
    expect(() => stageNamed('constructor', STAGES)).toThrow('expected one of');
  });

  test.each([
    ['a key that is not known', { keepData: true }, /dev: .*keepData/],
    ['days that logs cannot be kept', { logDays: 8 }, /dev\.logDays: /],
    ['an audit trail that goes before other logs', { logDays: 30, auditDays: 7 }, /dev\.auditDays: .*logDays/],
    ['more days than a table can be recovered', { recoveryDays: 36 }, /dev\.recoveryDays: /],
    ['an account of other digits', { account: '1234' }, /dev\.account: expected twelve digits/],
    ['a region that is none', { region: 'Frankfurt' }, /dev\.region: expected a region such as eu-central-1/],
    ['an order without a card', { smokeTest: { sku: 'MUG' } }, /dev\.smokeTest\.cardToken: /],
  ])('with %s is refused', (_, change, message) => {
    expect(wrong(change)).toThrow(message);
  });

  test('is told every fault at once', () => {
    expect(wrong({ logDays: 8, recoveryDays: 0 })).toThrow(/logDays[\s\S]*recoveryDays|recoveryDays[\s\S]*logDays/);
  });

  test.each(['Prod', 'eu-prod', 'averylongname'])('has a name that stacks can have: not %s', (name) => {
    expect(() => stageNamed(name, { [name]: STAGES.dev })).toThrow('small letters and digits');
  });
});

describe('The environment', () => {
  const of = (context: Readonly<Record<string, unknown>>) => environmentOf(new App({ context: { ...context } }));

  test('without a name keeps its data, unless it comes and goes', () => {
    expect(of({})).toMatchObject({ prefix: 'Waybill', metricsNamespace: 'Waybill', keepsData: true, isNamed: false });
    for (const ephemeral of [true, 'true']) expect(of({ ephemeral }).keepsData).toBe(false);
  });

  test('of a stage has its choices', () => {
    expect(of({ stage: 'prod' })).toMatchObject({
      prefix: 'WaybillProd',
      metricsNamespace: 'Waybill/prod',
      keepsData: true,
      logRetention: 180,
      auditRetention: 400,
      setsAccountLogging: false,
      stackProps: { terminationProtection: true, tags: { 'waybill:stage': 'prod' } },
    });
    expect(of({ stage: 'dev' }).keepsData).toBe(false);
  });

  test('on an emulator can be deleted with all its data, whatever its stage', () => {
    expect(of({ stage: 'prod', emulator: 'ministack' })).toMatchObject({
      keepsData: false,
      stackProps: { terminationProtection: false },
    });
  });
});
