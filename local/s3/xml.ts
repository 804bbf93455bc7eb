/** An XML element: text, elements by name, or one element for each entry of a list; what is undefined is left out. */
export type Content = string | number | boolean | undefined | Elements | readonly Elements[];
export interface Elements {
  readonly [name: string]: Content;
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A document as S3 answers it. */
export const xmlDocument = (root: string, content: Elements): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${inner(content)}</${root}>`;

export const errorDocument = (content: Elements): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner(content)}</Error>`;

const inner = (content: Elements): string =>
  Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');

function element(name: string, content: Content): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((entry: Elements) => element(name, entry)).join('');
  return `<${name}>${typeof content === 'object' ? inner(content as Elements) : escaped(String(content))}</${name}>`;
}

/** Control characters are written as references, so that a parser gives back what was put in. */
const escaped = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- those that XML would change or refuse
  text.replace(/[&<>"\u0000-\u001f]/g, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);
