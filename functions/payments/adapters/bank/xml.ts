/** XML of the bank: a tree without namespaces and comments. A document that declares a type is refused, so that no entity is expanded. */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** @throws Error for what is not well-formed */
export function parseXml(document: string): Element {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('The document declares a type; expected none.');
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({
      name: name.replace(/^.*:/, ''),
      attributes,
      children: [],
      text: '',
    });
  });
  const addText = (text: string) => {
    open.at(-1)!.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop()!;
    open.at(-1)!.children.push(element);
  });
  parser.write(document).close();
  return root;
}

/** The elements at the end of a path from `of`, such as `Stmt/Ntry`. */
export const all = (of: Element, path: string): readonly Element[] =>
  path
    .split('/')
    .reduce<readonly Element[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [of],
    );

/** The text of the first element at the end of the path; undefined when there is none. */
export const textAt = (of: Element, path: string): string | undefined => all(of, path)[0]?.text.trim();
