/** A client that speaks to a partner as any stranger would, and hides nothing of the answer. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export const clientOf = (url: string) => async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
export type Client = ReturnType<typeof clientOf>;
