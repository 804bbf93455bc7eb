/** Which orders wait for an operator's approval, as the deployment has it. */
import * as z from 'zod';

export const reviewEnvironment = {
  /** Orders of this total or more, in minor units of their currency, are held; 0 holds none. */
  REVIEW_FROM: z.coerce.number().int().min(0).default(0),
};

export const reviewOf = ({ REVIEW_FROM }: { readonly REVIEW_FROM: number }): { readonly reviewFrom?: number } =>
  REVIEW_FROM > 0 ? { reviewFrom: REVIEW_FROM } : {};
