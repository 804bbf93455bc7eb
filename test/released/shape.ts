/**
 * What a value in an event may be. A text is one kind of value: `text`, `number`, `boolean`, `null`, `anything`, `true`, `false`, or a literal in
 * quotes. A field whose name ends in `?` may be missing.
 */
export type Shape =
  | string
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly oneOf: readonly Shape[] }
  | { readonly fields: Readonly<Record<string, Shape>> };
