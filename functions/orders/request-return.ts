import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { limited } from '../shared/edge/limited.ts';
import { commands } from './composition.ts';
import type { ReturnWindow } from './domain/decide/returning.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { requestReturn } from './routes.ts';

const DAY_MS = 24 * 3_600_000;

interface Deps extends CommandEndpointDeps {
  readonly configuration: ConfigurationSource;
}

/** `POST /api/v1/orders/{orderId}/returns`: goods come back. The shop's window binds customers; operators may be generous. */
export const makeHandler = commandEndpoint<typeof requestReturn.body, Deps>(
  requestReturn,
  async ({ body, orderId, id, caller }, deps) => ({
    type: 'RequestReturn',
    orderId,
    returnId: id,
    ...body,
    ...(caller.type === 'customer' ? await windowOf(deps) : {}),
  }),
);

async function windowOf({ configuration, now }: Deps): Promise<{ readonly window?: ReturnWindow }> {
  const { windowDays: days } = (await configuration.current()).returns;
  return days === null ? {} : { window: { days, since: new Date(now() - days * DAY_MS).toISOString() } };
}

export const handler: Handler = limited(makeHandler({ ...commands(), configuration: configurationSource() }));
