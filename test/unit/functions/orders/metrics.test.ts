import '../../../support/platform/function-environment.ts';
import { describe, expect, test } from 'vitest';
import type { ProjectionName, ProjectionState } from '../../../../functions/orders/domain/projections.ts';
import { makeHandler } from '../../../../functions/orders/get-metrics.ts';
import { apiEvent, bodyOf, customer, lambdaContext, operator } from '../../../support/api/invocations.ts';

const progress = { lastEventAt: '2026-01-02T03:04:05.000Z', projectedAt: '2026-01-02T03:04:06.500Z', lagMs: 2_000 };
const rebuild = {
  status: 'running',
  startedAt: '2026-01-02T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:01.000Z',
  orders: 5,
  events: 30,
  after: 'some order',
} as const;

const ask = (
  states: Partial<Record<ProjectionName, ProjectionState>>,
  caller: Parameters<typeof apiEvent>[0]['caller'] = operator('orders:read'),
) =>
  makeHandler({ states: { find: async (name) => states[name] ?? {} } })(
    apiEvent({ path: '/api/v1/metrics', caller }),
    lambdaContext(),
  );

describe('The metrics', () => {
  test('show how far each projection is behind, and its rebuild without its inner workings', async () => {
    const answer = await ask({ 'order-view': { progress }, 'order-search': { rebuild } });
    const { after: _, ...shown } = rebuild;
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toEqual({
      projections: [
        { name: 'order-view', ...progress },
        { name: 'order-search', ...progress, rebuild: shown },
        { name: 'recovery-tasks' },
      ],
    });
  });

  test('name the projections before anything was projected', async () => {
    expect(bodyOf(await ask({}))).toEqual({
      projections: [{ name: 'order-view' }, { name: 'order-search' }, { name: 'recovery-tasks' }],
    });
  });

  test('show the rebuild of the list of tasks', async () => {
    const { after: _, ...shown } = rebuild;
    expect(bodyOf(await ask({ 'recovery-tasks': { rebuild } }))).toMatchObject({
      projections: [{}, {}, { name: 'recovery-tasks', rebuild: shown }],
    });
  });

  test('are for operators with orders:read', async () => {
    expect((await ask({}, customer())).statusCode).toBe(403);
    expect((await ask({}, operator('orders:approve'))).statusCode).toBe(403);
  });
});
