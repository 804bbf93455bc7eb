/** Text that is HTML already. All other text is escaped when it is put into HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | false | readonly Value[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Escapes values unless they are HTML; joins lists; leaves out `undefined` and `false`. */
export const html = (literals: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(literals.reduce((text, literal, index) => text + rendered(values[index - 1]) + literal));

function rendered(value: Value): string {
  if (typeof value === 'object') return value instanceof Html ? value.text : value.map(rendered).join('');
  return value === undefined || value === false ? '' : escape(String(value));
}
