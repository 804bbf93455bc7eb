import * as z from 'zod';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { SettingFault } from './document.ts';
import type { Json } from './merged.ts';

/**
 * The value of the parameter: the settings, and who changed them last and why. A person may write it by hand: then only the
 * settings are needed.
 */
const changeRecord = z.strictObject({
  /** That of the parameter, when the value was written by the platform. */
  version: z.int().min(1).optional(),
  /** The operator's id. */
  author: z.string().optional(),
  reason: z.string().optional(),
  /** ISO 8601. */
  at: z.string().optional(),
  /** What differs from the defaults. */
  settings: z.json(),
});

export type ChangeRecord = Omit<z.output<typeof changeRecord>, 'settings'> & { readonly settings: Json };

/** Refused with every fault. */
export function changeRecordIn(value: string): Result<ChangeRecord, readonly SettingFault[]> {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch (error) {
    return refuse([{ path: '', detail: `It is not JSON: ${(error as Error).message}.` }]);
  }
  const parsed = changeRecord.safeParse(json);
  if (parsed.success) return accept(parsed.data);
  return refuse(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), detail: message })));
}
