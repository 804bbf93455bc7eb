import '../../../support/platform/function-environment.ts';
import { describe, expect, test } from 'vitest';
import { makeHandler as changing } from '../../../../functions/configuration/change-configuration.ts';
import { makeHandler as reading } from '../../../../functions/configuration/get-configuration.ts';
import { makeHandler as remembering } from '../../../../functions/configuration/get-configuration-history.ts';
import { CONFIGURATION_CONTRACTS } from '../../../../functions/configuration/http/contracts/configuration.ts';
import type { Json } from '../../../../functions/shared/configuration/merged.ts';
import { apiEvent, bodyOf, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { configurationWorld } from './configuration-world.ts';

const caller = operator('configuration:read', 'configuration:write');
const [present] = CONFIGURATION_CONTRACTS[0]!.examples;

/** The endpoints over one store. */
function endpoints(overrides: Json = {}) {
  const { deps, versions } = configurationWorld(overrides);
  const [get, put, history] = [reading(deps), changing(deps), remembering(deps)];
  return {
    versions,
    get: () => get(apiEvent({ caller }), lambdaContext()),
    put: (body: object, headers = {}) => put(apiEvent({ method: 'PUT', caller, body, headers }), lambdaContext()),
    history: (query = {}) => history(apiEvent({ caller, query }), lambdaContext()),
  };
}

describe('The endpoints of the configuration', () => {
  test('show what is in force before the first change, with version 0 as its ETag', async () => {
    const answer = await endpoints({ breaker: { failureRate: null } }).get();
    expect(answer.headers?.ETag).toBe('"0"');
    expect(bodyOf(answer)).toEqual(present!.answer.body);
  });

  test('change what is based on the version that the caller has seen, and name the new one', async () => {
    const { get, put, history } = endpoints();
    const body = { settings: { breaker: { probes: 3 } }, reason: 'A test.' };
    const changed = await put(body, { 'If-Match': '"0"' });
    expect([changed.statusCode, changed.headers?.ETag]).toEqual([200, '"1"']);
    expect((await put(body, { 'If-Match': '"0"' })).statusCode).toBe(412);
    expect(bodyOf(await get())).toMatchObject({ version: 1, author: 'O1', settings: { breaker: { probes: 3 } } });
    expect(bodyOf(await history({ limit: '1' })).items).toMatchObject([{ version: 1, reason: 'A test.' }]);
  });

  test('show the settings that are in force, and not those of a newer version that is wrong', async () => {
    const { get, put, versions, history } = endpoints();
    await put({ settings: { breaker: { probes: 3 } }, reason: 'A test.' });
    const wrong = { breaker: { openSeconds: 'abc' } };
    await versions.put(JSON.stringify({ settings: wrong }));
    expect(bodyOf(await get())).toMatchObject({
      version: 2,
      settings: { breaker: { probes: 3 } },
      configuration: { breaker: { probes: 3, openSeconds: 30 } },
      faults: [{ path: 'breaker.openSeconds' }],
    });
    expect(bodyOf(await history({ limit: '1' })).items).toMatchObject([{ version: 2, settings: wrong }]);
  });

  test('refuse a wrong document with a pointer to each fault, also to one between two settings', async () => {
    const { put } = endpoints();
    const wrong = { recovery: { paymentWindowSeconds: 7_200, checkoutLimitSeconds: 3_600 } };
    expect(bodyOf(await put({ settings: wrong, reason: 'A test.' }))).toMatchObject({
      type: 'urn:waybill:problem:invalid-request',
      detail: '/settings/recovery/paymentWindowSeconds: It is longer than checkoutLimitSeconds.',
      errors: [
        { pointer: '/settings/recovery/paymentWindowSeconds', detail: 'It is longer than checkoutLimitSeconds.' },
      ],
    });
  });
});
