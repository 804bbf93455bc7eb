import { accept, type Result, refuse } from '../kernel/result.ts';
import { configurationOf, type SettingFault } from './document.ts';
import type { Json } from './merged.ts';

/** The settings of an environment that win over those of the document, as JSON. Refused with every fault. */
export function overridesIn(text: string): Result<Json, readonly SettingFault[]> {
  let overrides: Json;
  try {
    overrides = JSON.parse(text) as Json;
  } catch (error) {
    return refuse([{ path: '', detail: `It is not JSON: ${(error as Error).message}.` }]);
  }
  const read = configurationOf(overrides);
  return read.ok ? accept(overrides) : read;
}
