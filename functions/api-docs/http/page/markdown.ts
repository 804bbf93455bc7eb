import { type Html, html } from './html.ts';

/**
 * The part of Markdown that descriptions of the API use: paragraphs, lists with dashes, `code` and **strong words**.
 */
export const markdown = (text: string): Html => html`${text.split(/\n\n+/).map(block)}`;

/** Without paragraphs. */
export const inlineMarkdown = (text: string): Html => {
  // The odd parts were between two backticks; the other parts may have text between pairs of asterisks.
  const strong = (words: string): Html[] =>
    words.split('**').map((part, index) => (index % 2 === 1 ? html`<strong>${part}</strong>` : html`${part}`));
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : strong(part)))}`;
};

function block(text: string): Html {
  if (!text.startsWith('- ')) return html`<p>${inlineMarkdown(text)}</p>\n`;
  return html`<ul>${text
    .replace(/^- /, '')
    .split('\n- ')
    .map((item) => html`<li>${inlineMarkdown(item)}</li>`)}</ul>\n`;
}
