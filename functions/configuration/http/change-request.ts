import * as z from 'zod';
import { configurationSchema } from '../../shared/configuration/document.ts';
import type { Json } from '../../shared/configuration/merged.ts';
import { multiLine } from '../../shared/http/text.ts';
import { anyPart } from './any-part.ts';

const settings = anyPart(configurationSchema).meta({
  id: 'Settings',
  description: 'All that differs from the defaults: any part of a configuration. `{}` goes back to the defaults.',
}) as z.ZodType<Json>;

/** The body of `PUT /api/v1/configuration`. */
export const changeRequest = z.strictObject({
  settings,
  reason: multiLine(500).describe('Why, for the history.'),
  dryRun: z.boolean().default(false).describe('Only says what would change.'),
});
