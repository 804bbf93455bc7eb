import { expect, test } from 'vitest';
import { settingsDigestOf } from '../../../../launch/deploy/settings-digest.ts';

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
