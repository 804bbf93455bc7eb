import * as z from 'zod';
import { SKU, type Sku } from '../kernel/ids.ts';
import { noSuchForm } from './fault-text.ts';

/** The SKU of an article, in bodies and paths. */
export const sku = z
  .string()
  .regex(SKU, { error: noSuchForm('1 to 64 letters, digits, dots, dashes or underscores') })
  .transform((value) => value as Sku);
