import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeGet } from '../../../../functions/recovery/get-task.ts';
import { makeHandler as makeList } from '../../../../functions/recovery/list-tasks.ts';
import { makeHandler as makeResumeAll } from '../../../../functions/recovery/resume-tasks.ts';
import { bodyOf, customer } from '../../../support/api/invocations.ts';
import { problem } from '../../../support/orders/command-endpoints.ts';
import { created, EVENTS, ORDER_ID, START } from '../../../support/orders/streams.ts';
import { DUE_SECONDS, TASK_PATH, TaskEndpoints } from '../../../support/recovery/task-endpoints.ts';
import {
  by,
  claimed,
  held,
  OPENED,
  openedTask,
  proposed,
  REVIEW_ID,
  resolved,
  TASK_ID,
} from '../../../support/recovery/task-streams.ts';

let endpoints: TaskEndpoints;
let given: TaskEndpoints['given'];
let send: TaskEndpoints['send'];
beforeEach(() => {
  endpoints = new TaskEndpoints();
  ({ given, send } = endpoints);
});

describe('The page of a task', () => {
  test('says what failed and why, what is known, what to check, what can be done, and where to ask', async () => {
    await given(created(), EVENTS.authorised, EVENTS.captured, openedTask);
    const answer = await send(makeGet);
    expect(answer).toMatchObject({ statusCode: 200, headers: { ETag: '"4"' } });
    expect(bodyOf(answer)).toMatchObject({
      status: 'open',
      error: 'PaymentGatewayUnavailable',
      partner: 'payment-gateway',
      overdue: false,
      what: expect.stringMatching(/not voided, or not refunded/),
      known: [{ type: 'PaymentAuthorised' }, { type: 'PaymentCaptured' }],
      unknown: expect.any(String),
      check: [
        expect.stringMatching(/Ask the payment gateway/),
        expect.stringMatching(/refund that has failed there/),
        expect.stringMatching(/had settled this payment before/),
      ],
      runbook: 'parked-orders',
      commands: ['claim', 'release', 'escalate', 'resume', 'done-outside', 'write-off'],
      links: { self: TASK_PATH, ask: `/api/v1/orders/${ORDER_ID}/payment/at-gateway` },
    });
  });

  test('shows its history with operators and reasons', async () => {
    await given(created(), openedTask, by('O1', claimed), by('O1', proposed));
    expect(bodyOf(await send(makeGet))).toMatchObject({
      status: 'write_off_proposed',
      claimant: 'O1',
      proposer: 'O1',
      commands: expect.arrayContaining(['approve-write-off']),
      history: [
        { type: 'TaskOpened' },
        { type: 'TaskClaimed', actor: { type: 'operator', id: 'O1' } },
        { type: 'WriteOffProposed', actor: { id: 'O1' }, comment: 'Too little.' },
      ],
    });
  });

  test('that is resolved says how it ended, and no longer what is not done', async () => {
    await given(created(), openedTask, resolved);
    const page = bodyOf(await send(makeGet));
    expect(page).toMatchObject({
      status: 'resolved',
      what: expect.stringMatching(/^It is done/),
      check: [],
      commands: [],
    });
    expect(page).not.toHaveProperty('unknown');
  });

  test('of a review is due after the time that the settings give, and asks no partner', async () => {
    await given(held);
    const page = bodyOf(await send(makeGet, { taskId: REVIEW_ID }));
    expect(page).toMatchObject({
      dueAt: new Date(START + DUE_SECONDS * 1_000).toISOString(),
      runbook: 'tasks-overdue',
      commands: ['claim', 'release', 'escalate'],
    });
    expect(page.links).not.toHaveProperty('ask');
  });

  test('holds no personal data of the customer', async () => {
    await given(created(), openedTask);
    const { body } = await send(makeGet);
    expect(body).not.toMatch(/Li Wei|example\.com|Nanjing/);
  });

  test('of a task that is not there, or for a customer, is refused', async () => {
    await given(created());
    expect(await send(makeGet)).toMatchObject(problem(404, 'task-not-found'));
    expect(await send(makeGet, { by: customer() })).toMatchObject(problem(403, 'forbidden'));
  });
});

describe('The list of tasks', () => {
  test('shows tasks with links, page by page', async () => {
    await given(created(), openedTask, OPENED.stuck);
    const first = bodyOf(await send(makeList, { query: { limit: '1' } }));
    expect(first).toMatchObject({
      items: [{ links: { self: expect.stringMatching(/\/tasks\//) } }],
      next: expect.any(String),
    });
    const second = bodyOf(await send(makeList, { query: { limit: '1', cursor: first.next as string } }));
    expect(second).not.toHaveProperty('next');
    expect(await send(makeList, { query: { kind: 'stuck', cursor: first.next as string } })).toMatchObject(
      problem(400, 'invalid-cursor'),
    );
  });

  test('refuses what it does not know', async () => {
    expect(await send(makeList, { query: { kind: 'lost' } })).toMatchObject(problem(400, 'invalid-request'));
  });
});

describe('Resuming all tasks of a cause', () => {
  const cause = { kind: 'compensation', step: 'VoidPayment', error: 'PaymentGatewayUnavailable' };

  test('says first what it would do, and records nothing', async () => {
    await given(created(), openedTask);
    const answer = bodyOf(await send(makeResumeAll, { body: { cause, dryRun: true } }));
    expect(answer).toMatchObject({ dryRun: true, results: [{ taskId: TASK_ID, outcome: 'would_resume' }] });
    expect(await endpoints.recorded(2)).toEqual([]);
  });

  test('resumes each, once under one key', async () => {
    await given(created(), openedTask);
    const request = {
      body: { cause, dryRun: false, comment: 'It is back.' },
      headers: { 'Idempotency-Key': 'bulk-1' },
    };
    const answer = bodyOf(await send(makeResumeAll, request));
    expect(answer).toMatchObject({ dryRun: false, results: [{ taskId: TASK_ID, outcome: 'resumed' }] });
    expect(bodyOf(await send(makeResumeAll, request))).toEqual(answer);
    expect(await endpoints.recorded(2)).toMatchObject([
      { type: 'TaskResumed', data: { taskId: TASK_ID, comment: 'It is back.' }, by: 'O1' },
    ]);
  });

  test('leaves out what is of another cause, and says why a task of this one is refused', async () => {
    await given(created(), openedTask, OPENED.stuck, by('O2', claimed));
    const answer = bodyOf(await send(makeResumeAll, { body: { cause, dryRun: false } }));
    expect(answer.results).toMatchObject([
      { taskId: TASK_ID, outcome: 'refused', detail: 'The operator O2 works at this task; release it first.' },
    ]);
    expect(await endpoints.recorded(4)).toEqual([]);
  });

  test('goes on where the last page ended', async () => {
    const shipment = { ...openedTask, data: { ...OPENED.stuck.data, taskId: REVIEW_ID } } as const;
    await given(created(), OPENED.stuck, shipment);
    const first = bodyOf(await send(makeResumeAll, { body: { cause: { kind: 'stuck' }, dryRun: false, limit: 1 } }));
    const { next: cursor } = first;
    const second = bodyOf(
      await send(makeResumeAll, { body: { cause: { kind: 'stuck' }, dryRun: false, limit: 1, cursor } }),
    );
    const resumed = [first, second].flatMap(({ results }) => results as { taskId: string }[]);
    expect(new Set(resumed.map(({ taskId }) => taskId)).size).toBe(2);
    expect(second).not.toHaveProperty('next');
  });
});
