/** What an endpoint answers when it does not refuse the request. */
export type ApiAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
} & ({ /** Sent as JSON. */ readonly body: unknown } | { /** Sent as it is. */ readonly text: string });
