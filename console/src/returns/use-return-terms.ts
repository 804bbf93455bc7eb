import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { returnTermsPath } from '../api/paths.ts';
import type { Order, ReturnTerms } from '../api/types.ts';

/** What returns of the order give back. It is asked for again when the order has another version. */
export function useReturnTerms({ orderId, version }: Pick<Order, 'orderId' | 'version'>) {
  const api = useApi();
  return useQuery({
    queryKey: ['return-terms', orderId, version],
    queryFn: ({ signal }) => api.get<ReturnTerms>(returnTermsPath(orderId), signal),
    placeholderData: (before) => before,
  });
}
