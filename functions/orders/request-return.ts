import type { Handler } from 'aws-lambda';
import { configurationSource } from '../shared/configuration/deployed.ts';
import type { ConfigurationSource } from '../shared/configuration/port.ts';
import { limited } from '../shared/edge/limited.ts';
import { DAY_MS, isoOf } from '../shared/kernel/time.ts';
import { commands } from './composition.ts';
import { feeOf } from './domain/return-terms.ts';
import type { ReturnWindow } from './domain/returnable.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { windowOf } from './http/return-window.ts';
import { requestReturn } from './routes.ts';

type ReturnSettings = Awaited<ReturnType<ConfigurationSource['current']>>['returns'];

interface Deps extends CommandEndpointDeps {
  readonly configuration: ConfigurationSource;
}

/**
 * `POST /api/v1/orders/{orderId}/returns`: goods come back. The shop's window binds customers; operators may be generous. Whoever has requested it, it
 * expires when nothing comes.
 */
export const makeHandler = commandEndpoint<typeof requestReturn.body, Deps>(
  requestReturn,
  async ({ body, orderId, id, caller }, { configuration, now }) => {
    const { returns } = await configuration.current();
    return {
      type: 'RequestReturn',
      orderId,
      returnId: id,
      ...body,
      ...(caller.type === 'customer' ? windowFor(returns, now()) : {}),
      ...expectedUntil(returns, now()),
      restockingFeeBasisPoints: feeOf(returns.restockingFeeBasisPoints, body.reason),
    };
  },
);

function windowFor({ windowDays }: ReturnSettings, now: number): { readonly window?: ReturnWindow } {
  const window = windowOf(windowDays, now);
  return window === undefined ? {} : { window };
}

function expectedUntil({ sendWithinDays }: ReturnSettings, now: number): { readonly expectedUntil?: string } {
  return sendWithinDays === null ? {} : { expectedUntil: isoOf(now + sendWithinDays * DAY_MS) };
}

export const handler: Handler = limited(makeHandler({ ...commands(), configuration: configurationSource() }));
