import type { Json, JsonObject } from '../contracts.ts';

/** ARNs of topics, by the state that they are told of. */
export type Actions = Readonly<Record<'ALARM' | 'OK' | 'INSUFFICIENT_DATA', readonly string[]>>;

/** What an alarm does, from its properties in a template. */
export function actionsOf(properties: JsonObject): Actions {
  const enabled = properties.ActionsEnabled !== false;
  const topics = (value: Json | undefined) => (enabled ? ((value ?? []) as string[]) : []);
  return {
    ALARM: topics(properties.AlarmActions),
    OK: topics(properties.OKActions),
    INSUFFICIENT_DATA: topics(properties.InsufficientDataActions),
  };
}
