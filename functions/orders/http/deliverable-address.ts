import type * as z from 'zod';
import { faultsOfAddress } from '../domain/address/check-address.ts';
import type { Countries } from '../domain/address/country.ts';
import { shippingAddress } from './order-request.ts';

/** The shipping address of a request, with what its country needs. */
export const deliverableAddress = (countries: () => Countries) =>
  shippingAddress.check(({ value, issues }: z.core.ParsePayload<z.output<typeof shippingAddress>>) => {
    for (const { field, detail } of faultsOfAddress(value, countries())) {
      issues.push({ code: 'custom', message: detail, path: [field], input: value });
    }
  });
