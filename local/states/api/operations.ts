import type { JsonObject } from '../../contracts.ts';

/** Operations of the API by name, in the form of its wire protocol. They throw AwsError. */
export type Operations = Readonly<Record<string, (input: JsonObject) => JsonObject | Promise<JsonObject>>>;
