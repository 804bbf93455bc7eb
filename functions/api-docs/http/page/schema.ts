import type { JsonSchema } from '../document/document-types.ts';
import { type Html, html } from './html.ts';
import { inlineMarkdown } from './markdown.ts';

interface Field {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

const COMPONENT = '#/components/schemas/';
export const anchorOf = (component: string): string => `schema-${component}`;

/** The fields of an object, those of objects inside of it as well, one a row; of a choice, each in a table of its own. Components are linked, not repeated. */
export function fieldTable(caption: string, schema: JsonSchema): Html {
  const { oneOf = [] } = schema as { readonly oneOf?: readonly JsonSchema[] };
  if (oneOf.length > 0) {
    return html`${oneOf.map((choice, index) => fieldTable(`${caption}, ${index === 0 ? 'either' : 'or'}`, choice))}`;
  }
  const fields = fieldsIn(schema, '');
  if (fields.length === 0) return html`<p>${caption}: ${typeOf(schema)}</p>`;
  return html`<table><caption>${caption}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${fields.map(row)}</tbody></table>`;
}

/** In a few words: the type and its limits, or a link to the component. */
export function typeOf(schema: JsonSchema): Html {
  const {
    $ref,
    type,
    format,
    enum: values,
    const: value,
    items,
    anyOf,
    oneOf,
    allOf,
    pattern,
  } = schema as Record<string, never> & JsonSchema;
  if (typeof $ref === 'string') {
    const name = ($ref as string).slice(COMPONENT.length);
    return html`<a href="#${anchorOf(name)}">${name}</a>`;
  }
  if (values) {
    return html`one of ${alternatives((values as unknown[]).map((one) => html`<code>${String(one)}</code>`))}`;
  }
  if (value !== undefined) return html`<code>${JSON.stringify(value)}</code>`;
  const choice = (oneOf ?? anyOf ?? allOf) as JsonSchema[] | undefined;
  if (choice) return alternatives(choice.map(typeOf));
  if (items) return html`list of ${typeOf(items)}${limitsOf(schema)}`;
  return html`${String(format ?? type ?? 'any')}${limitsOf(schema)}${pattern !== undefined && html` like <code>${String(pattern)}</code>`}`;
}

function row({ path, schema, required }: Field): Html {
  return html`<tr><th scope="row"><code>${path}</code>${!required && html` <span class="quiet">optional</span>`}</th>
<td>${typeOf(schema)}</td><td>${schema.description !== undefined && inlineMarkdown(schema.description)}</td></tr>`;
}

function fieldsIn(schema: JsonSchema, prefix: string): Field[] {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, JsonSchema>; required?: string[] };
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    return [
      { path, schema: field, required: required.includes(name) },
      ...fieldsIn(field, `${path}.`),
      ...fieldsInItems(field, path),
    ];
  });
}

function fieldsInItems(schema: JsonSchema, path: string): Field[] {
  const { items, oneOf = [] } = schema as JsonSchema & {
    readonly items?: JsonSchema;
    readonly oneOf?: readonly JsonSchema[];
  };
  const inChoices = oneOf.flatMap((choice) => fieldsIn(choice, `${path}.`));
  return items ? fieldsIn(items, `${path}[].`) : inChoices;
}

const LIMITS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  minLength: 'length at least',
  maxLength: 'length at most',
  minItems: 'entries at least',
  maxItems: 'entries at most',
};

function limitsOf(schema: JsonSchema): string {
  const limits = Object.entries(LIMITS).filter(([keyword]) => {
    const limit = schema[keyword];
    // zod bounds every whole number by what JavaScript can hold.
    return typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  });
  return limits.map(([keyword, words]) => `, ${words} ${String(schema[keyword])}`).join('');
}

function alternatives(choices: readonly Html[]): Html {
  return html`${choices.map((choice, index) => html`${index > 0 && ' or '}${choice}`)}`;
}
