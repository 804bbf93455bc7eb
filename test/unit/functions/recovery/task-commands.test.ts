import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeApprove } from '../../../../functions/recovery/approve-write-off.ts';
import { makeHandler as makeClaim } from '../../../../functions/recovery/claim-task.ts';
import { makeHandler as makeDoneOutside } from '../../../../functions/recovery/mark-done-outside.ts';
import { makeHandler as makePropose } from '../../../../functions/recovery/propose-write-off.ts';
import { makeHandler as makeResume } from '../../../../functions/recovery/resume-task.ts';
import { bodyOf, customer, operator } from '../../../support/api/invocations.ts';
import { problem } from '../../../support/orders/command-endpoints.ts';
import { created, ORDER_ID } from '../../../support/orders/streams.ts';
import { operatorNamed, TASK_PATH, TaskEndpoints } from '../../../support/recovery/task-endpoints.ts';
import {
  by,
  claimed,
  compensation,
  held,
  openedTask,
  REVIEW_ID,
  TASK_ID,
} from '../../../support/recovery/task-streams.ts';

let endpoints: TaskEndpoints;
let given: TaskEndpoints['given'];
let send: TaskEndpoints['send'];
beforeEach(() => {
  endpoints = new TaskEndpoints();
  ({ given, send } = endpoints);
});

describe('A command on a task', () => {
  test('is answered 202 with the status of the task, its place and the version of its order', async () => {
    await given(created(), openedTask);
    const answer = await send(makeClaim);
    expect(answer).toMatchObject({ statusCode: 202, headers: { Location: TASK_PATH, ETag: '"3"' } });
    expect(bodyOf(answer)).toEqual({
      orderId: ORDER_ID,
      taskId: TASK_ID,
      version: 3,
      status: 'claimed',
      links: { self: TASK_PATH, order: `/api/v1/orders/${ORDER_ID}` },
    });
  });

  test('is in the order’s history with the operator and the reason', async () => {
    await given(created(), openedTask);
    await send(makeResume, { body: { comment: 'The gateway is back.' } });
    expect(await endpoints.recorded(2)).toEqual([
      { type: 'TaskResumed', data: { ...compensation, comment: 'The gateway is back.' }, by: 'O1' },
    ]);
  });

  test('has one effect under one key, and the same answer', async () => {
    await given(created(), openedTask);
    const headers = { 'Idempotency-Key': 'key-1' };
    const first = await send(makeResume, { headers });
    const again = await send(makeResume, { headers });
    expect(bodyOf(again)).toEqual(bodyOf(first));
    expect(again.headers).toMatchObject({ 'Idempotency-Replayed': 'true' });
    expect(await endpoints.recorded(2)).toHaveLength(1);
  });

  test('is not carried out on another version than the one that was read', async () => {
    await given(created(), openedTask);
    expect(await send(makeResume, { headers: { 'If-Match': '"1"' } })).toMatchObject(
      problem(412, 'precondition-failed'),
    );
    expect(await endpoints.recorded(2)).toEqual([]);
  });

  test('is for operators with its scope', async () => {
    await given(created(), openedTask);
    expect(await send(makeClaim, { by: customer() })).toMatchObject(problem(403, 'forbidden'));
    expect(await send(makeClaim, { by: operator('orders:read') })).toMatchObject(problem(403, 'forbidden'));
    expect(await send(makeApprove, { by: operator('orders:recover') })).toMatchObject(problem(403, 'forbidden'));
  });

  test.each([
    ['an order that is not there', { orderId: '0190f3a0-0000-7000-8000-00000000dead' }],
    ['an id that is none', { orderId: 'order' }],
    ['a task that the order has not', { taskId: REVIEW_ID }],
  ])('on %s is answered 404', async (_, path) => {
    await given(created(), openedTask);
    expect(await send(makeClaim, path)).toMatchObject(problem(404, 'task-not-found'));
  });

  test('says what it needs: evidence, or a reason', async () => {
    await given(created(), openedTask);
    expect(await send(makeDoneOutside, { body: {} })).toMatchObject(problem(400, 'invalid-request'));
    expect(await send(makePropose, { body: { comment: '  ' } })).toMatchObject(problem(400, 'invalid-request'));
  });

  test('is refused while another operator works at the task, and says who', async () => {
    await given(created(), openedTask, by('O2', claimed));
    const answer = await send(makeResume);
    expect(answer).toMatchObject(problem(409, 'task-not-available'));
    expect(bodyOf(answer)).toMatchObject({ detail: 'The operator O2 works at this task; release it first.' });
  });

  test('that is not for this kind of task says what is', async () => {
    await given(held);
    const answer = await send(makeResume, { taskId: REVIEW_ID });
    expect(answer).toMatchObject(problem(422, 'request-refused'));
    expect(bodyOf(answer).detail).toMatch(/Approve or reject the order instead/);
  });
});

describe('Writing off', () => {
  test('takes two people, also when one of them has several tokens', async () => {
    await given(created(), openedTask);
    expect(await send(makePropose, { body: { comment: 'Too little.' } })).toMatchObject({ statusCode: 202 });
    const otherToken = { type: 'operator', id: 'O1', scopes: ['orders:write-off'] } as const;
    const refused = await send(makeApprove, { by: otherToken });
    expect(refused).toMatchObject(problem(403, 'forbidden'));
    expect(bodyOf(refused)).toMatchObject({ detail: 'Another operator has to approve the write-off.' });
    const done = await send(makeApprove, { by: operatorNamed('O2'), body: { comment: 'Agreed.' } });
    expect(bodyOf(done)).toMatchObject({ status: 'resolved', version: 4 });
    expect(await endpoints.recorded(2)).toMatchObject([
      { type: 'WriteOffProposed', by: 'O1' },
      { type: 'TaskResolved', by: 'O2', data: { resolution: 'written_off', comment: 'Agreed.' } },
    ]);
  });
});
