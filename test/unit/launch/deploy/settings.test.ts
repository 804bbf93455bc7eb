import { describe, expect, test } from 'vitest';
import { deployedParameters, parametersFor, settingsDigestOf } from '../../../../launch/deploy/settings.ts';

const PARAMETERS = { CarrierUrl: {}, SnapshotEvery: { Default: '20' } };
const DEPLOYED = { CarrierUrl: 'https://carrier.example', SnapshotEvery: '20' };
const digest = settingsDigestOf(PARAMETERS, DEPLOYED, {});

test('The digest of settings stays while every parameter keeps its value, wherever that comes from', () => {
  expect(digest).toMatch(/^[a-z0-9]{16}$/);
  expect(settingsDigestOf(PARAMETERS, {}, { CarrierUrl: DEPLOYED.CarrierUrl })).toBe(digest);
  expect(settingsDigestOf(PARAMETERS, DEPLOYED, { SnapshotEvery: '20' })).toBe(digest);
});

test('The digest of settings is another one when a parameter has another value', () => {
  expect(settingsDigestOf(PARAMETERS, DEPLOYED, { CarrierUrl: 'https://other.example' })).not.toBe(digest);
  expect(settingsDigestOf({ ...PARAMETERS, SnapshotEvery: { Default: '30' } }, {}, {})).not.toBe(
    settingsDigestOf(PARAMETERS, {}, {}),
  );
});

describe('What a deployment gives to every stack', () => {
  const stack = (name: string, parameters: Readonly<Record<string, string>>) => ({
    name,
    status: 'UPDATE_COMPLETE',
    parameters,
    outputs: {},
  });

  test('is what the environment has, and what is given wins: a stack that begins to use a parameter takes no default', () => {
    const deployed = { ...DEPLOYED, Former: 'x', BootstrapVersion: '/cdk' };
    expect(parametersFor(PARAMETERS, deployed, { SnapshotEvery: '30' })).toEqual({
      CarrierUrl: 'https://carrier.example',
      SnapshotEvery: '30',
    });
    expect(parametersFor(PARAMETERS, {}, {})).toEqual({});
  });

  test('is read from each of its stacks; where they differ, the one of functions and sagas counts', () => {
    const stacks = [
      stack('WaybillDev-Stateless', { CarrierUrl: 'new' }),
      stack('WaybillDev-Console', { CarrierUrl: 'old', ShopTimeZone: 'Asia/Shanghai' }),
    ];
    const expected = { CarrierUrl: 'new', ShopTimeZone: 'Asia/Shanghai' };
    expect(deployedParameters(stacks, 'WaybillDev')).toEqual(expected);
    expect(deployedParameters([...stacks].reverse(), 'WaybillDev')).toEqual(expected);
  });
});
