/** A value of a form with brackets in its names. */
export type FormValue = string | number | boolean | readonly FormValue[] | { readonly [name: string]: FormValue };
export type Form = Readonly<Record<string, FormValue>>;

/** `{ metadata: { order_id: 'o-1' } }` is `metadata[order_id]=o-1`; a list has its positions in the brackets. Source: docs.stripe.com/api. */
export const formOf = (form: Form): string =>
  Object.entries(form)
    .flatMap(([name, value]) => fieldsOf(name, value))
    .map(([name, value]) => `${encoded(name)}=${encodeURIComponent(value)}`)
    .join('&');

function fieldsOf(name: string, value: FormValue): readonly (readonly [string, string])[] {
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]: [string, FormValue]) => fieldsOf(`${name}[${key}]`, inner));
}

const encoded = (name: string): string => encodeURIComponent(name).replaceAll('%5B', '[').replaceAll('%5D', ']');
