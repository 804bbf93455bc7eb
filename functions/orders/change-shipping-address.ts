import type { Handler } from 'aws-lambda';
import * as z from 'zod';
import { limited } from '../shared/edge/limited.ts';
import { commands, knownCountries } from './composition.ts';
import type { Countries } from './domain/address/country.ts';
import { type CommandEndpointDeps, commandEndpoint } from './http/command-endpoint.ts';
import { deliverableAddress } from './http/deliverable-address.ts';
import { changeShippingAddress } from './routes.ts';

/** `PUT /api/v1/orders/{orderId}/shipping-address`: changes the shipping address, until the shipment is arranged. */
export const makeHandler = ({ countries, ...deps }: CommandEndpointDeps & { readonly countries: () => Countries }) => {
  const body = z.strictObject({ shippingAddress: deliverableAddress(countries) });
  return commandEndpoint({ ...changeShippingAddress, body }, ({ body: { shippingAddress }, orderId }) => ({
    type: 'ChangeShippingAddress',
    orderId,
    shippingAddress,
  }))(deps);
};

export const handler: Handler = limited(makeHandler({ ...commands(), countries: knownCountries }));
