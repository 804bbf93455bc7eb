export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Puts one value over another: objects are joined key by key, and anything else replaces what is there, null as well. */
export function merged(base: Json, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over;
  const overlaid = Object.entries(over).map(([key, value]) => [
    key,
    Object.hasOwn(base, key) ? merged(base[key]!, value) : value,
  ]);
  return { ...base, ...(Object.fromEntries(overlaid) as typeof over) };
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
