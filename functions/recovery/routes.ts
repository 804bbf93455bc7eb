import type { CommandRoute } from '../shared/http/command-route.ts';
import type { Route } from '../shared/http/route.ts';
import { executionHistoryQuery } from './http/execution-requests.ts';
import { commented, explained, nothing, proved, resumeRequest, taskQuery } from './http/task-requests.ts';

export const listTasks = {
  operationId: 'listTasks',
  method: 'GET',
  path: '/tasks',
  function: 'recovery/list-tasks',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
  query: taskQuery,
} as const satisfies Route<'recovery'>;

export const getTask = {
  operationId: 'getTask',
  method: 'GET',
  path: '/orders/{orderId}/tasks/{taskId}',
  function: 'recovery/get-task',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'recovery'>;

export const claimTask = {
  operationId: 'claimTask',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/claim',
  function: 'recovery/claim-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'recovery'>;

export const releaseTask = {
  operationId: 'releaseTask',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/release',
  function: 'recovery/release-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'recovery'>;

export const escalateTask = {
  operationId: 'escalateTask',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/escalate',
  function: 'recovery/escalate-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'recovery'>;

export const resumeTask = {
  operationId: 'resumeTask',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/resume',
  function: 'recovery/resume-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'recovery'>;

export const markDoneOutside = {
  operationId: 'markDoneOutside',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/done-outside',
  function: 'recovery/mark-done-outside',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: proved,
} as const satisfies CommandRoute<'recovery'>;

export const proposeWriteOff = {
  operationId: 'proposeWriteOff',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/write-off',
  function: 'recovery/propose-write-off',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: explained,
} as const satisfies CommandRoute<'recovery'>;

export const approveWriteOff = {
  operationId: 'approveWriteOff',
  method: 'POST',
  path: '/orders/{orderId}/tasks/{taskId}/approve-write-off',
  function: 'recovery/approve-write-off',
  callers: { operators: 'orders:write-off' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'recovery'>;

export const getBookTask = {
  operationId: 'getBookTask',
  method: 'GET',
  path: '/tasks/{taskId}',
  function: 'recovery/get-book-task',
  callers: { operators: 'orders:read' },
} as const satisfies Route<'recovery'>;

export const claimBookTask = {
  operationId: 'claimBookTask',
  method: 'POST',
  path: '/tasks/{taskId}/claim',
  function: 'recovery/claim-book-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'recovery'>;

export const releaseBookTask = {
  operationId: 'releaseBookTask',
  method: 'POST',
  path: '/tasks/{taskId}/release',
  function: 'recovery/release-book-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: nothing,
} as const satisfies CommandRoute<'recovery'>;

export const escalateBookTask = {
  operationId: 'escalateBookTask',
  method: 'POST',
  path: '/tasks/{taskId}/escalate',
  function: 'recovery/escalate-book-task',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  ifMatch: true,
  body: commented,
} as const satisfies CommandRoute<'recovery'>;

export const resumeTasks = {
  operationId: 'resumeTasks',
  method: 'POST',
  path: '/tasks/resume',
  function: 'recovery/resume-tasks',
  callers: { operators: 'orders:recover' },
  idempotency: true,
  body: resumeRequest,
} as const satisfies Route<'recovery'>;

export const sweepNow = {
  operationId: 'sweepNow',
  method: 'POST',
  path: '/sweeps',
  function: 'recovery/sweep-now',
  callers: { operators: 'orders:recover' },
} as const satisfies Route<'recovery'>;

export const listExecutions = {
  operationId: 'listExecutions',
  method: 'GET',
  path: '/orders/{orderId}/executions',
  function: 'recovery/list-executions',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
} as const satisfies Route<'recovery'>;

export const getExecutionHistory = {
  operationId: 'getExecutionHistory',
  method: 'GET',
  path: '/orders/{orderId}/executions/{executionId}/history',
  function: 'recovery/get-execution-history',
  callers: { operators: 'orders:read' },
  ifNoneMatch: true,
  query: executionHistoryQuery,
} as const satisfies Route<'recovery'>;

/** What Step Functions knows of an order, in the order of the API document. */
export const EXECUTION_ROUTES = [listExecutions, getExecutionHistory] as const satisfies readonly Route<'recovery'>[];

/** What operators do with tasks, in the order of the API document. */
export const RECOVERY_ROUTES = [
  listTasks,
  getTask,
  claimTask,
  releaseTask,
  escalateTask,
  resumeTask,
  markDoneOutside,
  proposeWriteOff,
  approveWriteOff,
  getBookTask,
  claimBookTask,
  releaseBookTask,
  escalateBookTask,
  resumeTasks,
] as const satisfies readonly Route<'recovery'>[];
