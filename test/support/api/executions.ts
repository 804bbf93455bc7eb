import { callApi } from './client.ts';
import { asOperator } from './tokens.ts';

interface SeenExecution {
  readonly executionId: string;
  readonly status: string;
  /** The types of the events at the beginning of its history. */
  readonly beginning: readonly string[];
}

/** The executions of an order as operators see them, each with the beginning of its history. */
export async function seenExecutions(url: string, orderId: string): Promise<SeenExecution[]> {
  const headers = await asOperator(url);
  const read = async (path: string) => (await callApi(url, path, { headers })).json();
  const { items } = (await read(`/orders/${orderId}/executions`)) as {
    items: readonly { executionId: string; status: string }[];
  };
  return Promise.all(
    items.map(async ({ executionId, status }) => {
      const { events } = (await read(`/orders/${orderId}/executions/${executionId}/history?limit=2`)) as {
        events: readonly { type: string }[];
      };
      return { executionId, status, beginning: events.map(({ type }) => type) };
    }),
  );
}
