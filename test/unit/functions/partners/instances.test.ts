import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as deregistering } from '../../../../functions/partners/deregister-instance.ts';
import { makeHandler as listing } from '../../../../functions/partners/list-partners.ts';
import { makeHandler as receiving } from '../../../../functions/partners/receive-heartbeat.ts';
import { makeHandler as registering } from '../../../../functions/partners/register-instance.ts';
import type { ApiFunction } from '../../../../functions/shared/edge/endpoint.ts';
import { NEW_CIRCUIT } from '../../../../functions/shared/outbound/circuit/circuit.ts';
import { apiEvent, bodyOf, lambdaContext, operator } from '../../../support/api/invocations.ts';
import { InMemoryInstanceRegistry } from '../../../support/fakes/in-memory-instance-registry.ts';
import { InMemoryPartnerStore } from '../../../support/fakes/in-memory-partner-store.ts';
import { NOW } from '../../../support/outbound/instances.ts';

const ALLOWED = operator('partners:read', 'partners:register');
const A = { id: 'a', host: 'a.example.com', port: 443 };
const SHOWN = { ...A, secure: true, metadata: {}, status: 'unknown', lastHeartbeat: new Date(NOW).toISOString() };

describe('The instances of partners', () => {
  const countWaiting = async (partner: string) => (partner === 'carrier' ? 3 : 0);
  let deps: Parameters<typeof registering>[0] & { registry: InMemoryInstanceRegistry };

  beforeEach(() => {
    deps = {
      partners: [
        { name: 'payment-gateway', fallbackUrl: 'https://gateway.example.com' },
        { name: 'carrier', fallbackUrl: 'http://127.0.0.1:4002' },
      ],
      registry: new InMemoryInstanceRegistry(),
      now: () => NOW,
    };
  });

  async function ask(handler: ApiFunction, pathParameters: Record<string, string>, body?: object, caller = ALLOWED) {
    const answer = await handler(apiEvent({ caller, pathParameters, body }), lambdaContext());
    return { status: answer.statusCode, body: bodyOf(answer) };
  }
  const register = (body: object, partner = 'payment-gateway') => ask(registering(deps), { partner }, body);
  const heartbeat = (instanceId: string, body?: object) =>
    ask(receiving(deps), { partner: 'payment-gateway', instanceId }, body);

  test('are registered as unknown, and listed with their partners and circuits', async () => {
    expect(await register(A)).toEqual({ status: 201, body: SHOWN });
    const store = new InMemoryPartnerStore();
    store.register('payment-gateway', ...(await deps.registry.instancesOf('payment-gateway')));
    const circuit = { state: 'closed', calls: { total: 0, succeeded: 0, failed: 0, rejected: 0 } };
    expect(await ask(listing({ ...deps, store, countWaiting }), {})).toEqual({
      status: 200,
      body: {
        partners: [
          {
            name: 'payment-gateway',
            fallbackUrl: 'https://gateway.example.com',
            circuit,
            waitingOrders: 0,
            instances: [SHOWN],
          },
          { name: 'carrier', fallbackUrl: 'http://127.0.0.1:4002', circuit, waitingOrders: 3, instances: [] },
        ],
      },
    });
  });

  test('are listed with an open circuit, and with what its calls came to', async () => {
    const store = new InMemoryPartnerStore();
    const counters = { succeeded: 3, failed: 5, rejected: 2 };
    await store.replaceCircuit('carrier', { ...NEW_CIRCUIT, counters, since: NOW, state: 'open', until: NOW + 1 }, 0);
    const { body } = await ask(listing({ ...deps, store, countWaiting }), {});
    expect((body.partners as { circuit: object }[])[1]!.circuit).toEqual({
      state: 'open',
      since: '2026-11-26T12:00:00.000Z',
      openUntil: '2026-11-26T12:00:00.001Z',
      calls: { total: 10, succeeded: 3, failed: 5, rejected: 2 },
    });
  });

  test('are up after a heartbeat', async () => {
    await register(A);
    expect(await heartbeat('a')).toEqual({ status: 200, body: { ...SHOWN, status: 'up' } });
    expect(await heartbeat('a', { load: 4 })).toMatchObject({ body: { status: 'up', load: 4 } });
  });

  test('are gone when they are deregistered', async () => {
    await register(A);
    const deregister = () => ask(deregistering(deps), { partner: 'payment-gateway', instanceId: 'a' });
    expect(await deregister()).toEqual({ status: 200, body: SHOWN });
    expect(await deregister()).toMatchObject({ status: 404, body: { type: 'urn:waybill:problem:instance-not-found' } });
  });

  test('are those of one partner, for a caller whose scope names it', async () => {
    const caller = operator('partners:register:carrier');
    const a = { partner: 'carrier', instanceId: 'a' };
    expect(await ask(registering(deps), { partner: 'carrier' }, A, caller)).toMatchObject({ status: 201 });
    expect(await ask(receiving(deps), a, undefined, caller)).toMatchObject({ status: 200 });
    expect(await ask(deregistering(deps), a, undefined, caller)).toMatchObject({ status: 200 });
    const others = { ...a, partner: 'payment-gateway' };
    expect(await ask(registering(deps), { partner: 'payment-gateway' }, A, caller)).toMatchObject({ status: 403 });
    expect(await ask(receiving(deps), others, undefined, caller)).toMatchObject({ status: 403 });
    expect(await ask(deregistering(deps), others, undefined, caller)).toMatchObject({ status: 403 });
  });

  test('have one id each', async () => {
    await register(A);
    expect(await register({ ...A, port: 444 })).toMatchObject({
      status: 409,
      body: { type: 'urn:waybill:problem:duplicate-instance' },
    });
  });

  test('belong to a partner that there is', async () => {
    expect(await register(A, 'florist')).toMatchObject({
      status: 404,
      body: { type: 'urn:waybill:problem:partner-not-found', detail: 'There is no partner florist.' },
    });
    expect(await heartbeat('no id')).toMatchObject({ status: 404 });
  });

  test('are secure when the address of their partner is, and everywhere but on this machine', async () => {
    const open = { ...A, secure: false };
    const refused = { status: 422, body: { type: 'urn:waybill:problem:request-refused' } };
    expect(await register(open)).toMatchObject(refused);
    expect(await register({ ...open, host: '127.0.0.1' })).toMatchObject(refused);
    for (const host of ['a.example.com', '127.0.0.1.example.com', '10.0.0.7']) {
      expect(await register({ ...open, host }, 'carrier')).toMatchObject(refused);
    }
    for (const [id, host] of Object.entries({ a: '127.0.0.1', b: 'localhost', c: '::1' })) {
      expect(await register({ ...open, id, host }, 'carrier')).toMatchObject({ status: 201 });
    }
  });

  test('that an earlier release registered without HTTPS are told so by their heartbeat', async () => {
    const { id, host, port } = A;
    const old = { id, host, port, secure: false, metadata: {}, status: 'up', lastHeartbeat: NOW } as const;
    await deps.registry.register('payment-gateway', old);
    expect(await heartbeat('a')).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('is not secure') as unknown },
    });
  });

  test.each([
    ['an id that is no part of a path', { id: 'a/b' }, '/id'],
    ['an id that clients take out of paths', { id: '..' }, '/id'],
    ['a host with a port', { host: 'a.example.com:1' }, '/host'],
    ['colons that are no IPv6 address', { host: ':::::a' }, '/host'],
    ['an IPv6 address that is too long', { host: '1:2:3:4:5:6:7:8:9' }, '/host'],
    ['an IPv4 address that there is not', { host: '300.0.0.1' }, '/host'],
    ['a host that is an address', { host: 'https://a.example.com' }, '/host'],
    ['a port that there is not', { port: 0 }, '/port'],
    ['a weight that is no number', { metadata: { weight: 'heavy' } }, '/metadata/weight'],
    ['a field that is not known', { status: 'up' }, '/status'],
  ])('are refused with %s', async (_, fault, pointer) => {
    expect(await register({ ...A, ...fault })).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
