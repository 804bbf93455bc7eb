/** A command of an SDK client. */
export interface Command {
  resolveMiddleware(stack: unknown, config: unknown): Handler<Command>;
}

/** A chain of middleware with the request at its end. */
export type Handler<Sent> = (command: Sent) => Promise<{ readonly output: unknown }>;

interface Client<Sent> {
  send(command: Sent, ...options: unknown[]): Promise<unknown>;
}

/**
 * Lets a client put its chain of middleware together once for each kind of command, and not for each call. The SDK's own
 * `cacheMiddleware` does the same, but its document client refuses it. The stack of middleware must not change after the first call.
 * A call with options, such as a signal to give up, gets a chain of its own: they are part of it.
 * @param handlerOf makes the chain for a command's kind from the first one of it
 */
export function keepHandlers<Sent extends object>(
  client: Client<Sent>,
  handlerOf: (first: Sent) => Handler<Sent>,
): void {
  const handlers = new Map<unknown, Handler<Sent>>();
  const send = client.send.bind(client);
  client.send = async (command, ...options) => {
    if (options.length > 0) return send(command, ...options);
    let handler = handlers.get(command.constructor);
    if (handler === undefined) {
      handler = handlerOf(command);
      handlers.set(command.constructor, handler);
    }
    return (await handler(command)).output;
  };
}
