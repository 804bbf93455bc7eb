/** The values that the examples of several contracts use. */

export const ORDER_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
export const TASK_ID = '2d0c2f64-3a3e-5a1f-9f1e-0a5b6f6d7c11';
export const TASK_PATH = `/api/v1/orders/${ORDER_ID}/tasks/${TASK_ID}`;
export const PATH = { orderId: ORDER_ID, taskId: TASK_ID };

/** A task as lists show it. */
export const REVIEW = {
  taskId: TASK_ID,
  orderId: ORDER_ID,
  status: 'open',
  kind: 'review',
  openedAt: '2026-01-31T12:00:00.000Z',
  dueAt: '2026-01-31T16:00:00.000Z',
  escalated: false,
  version: 1,
};
