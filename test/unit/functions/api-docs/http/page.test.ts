import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apiDocument } from '../../../../../functions/api-docs/http/document/document.ts';
import type { ApiDocument } from '../../../../../functions/api-docs/http/document/document-types.ts';
import { html } from '../../../../../functions/api-docs/http/page/html.ts';
import { markdown } from '../../../../../functions/api-docs/http/page/markdown.ts';
import { CONTENT_SECURITY_POLICY, pageOf } from '../../../../../functions/api-docs/http/page/page.ts';
import { CONTRACTS } from '../../../../../functions/published/contracts.ts';
import { PROBLEMS } from '../../../../../functions/published/problems.ts';

const document = apiDocument(CONTRACTS, PROBLEMS);
const page = pageOf(document);
const all = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, found]) => found!);
const VOID_ELEMENTS = new Set(['meta']);

describe('The page of the API', () => {
  test('names every operation, problem, schema and example', () => {
    for (const { summary, path, examples } of CONTRACTS) {
      expect(page).toContain(`/api/v1${path}</code>`);
      for (const text of [summary, ...examples.map((example) => `Example: ${example.summary}`)]) {
        expect(page).toContain(html`${text}`.text);
      }
    }
    for (const { type } of document['x-problems']) expect(page).toContain(`<code>${type}</code>`);
    for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="schema-${name}"`);
  });

  test('shows each form of a body that has several, what may be left out, and what headers an example sends', () => {
    const sectionOf = (operationId: string) =>
      page.split(`<article aria-labelledby="${operationId}">`)[1]!.split('</article>')[0]!;
    const refund = sectionOf('refundOrder');
    expect(refund.match(/<caption>Request body, (either|or)<\/caption>/g)).toHaveLength(3);
    for (const field of ['type', 'items[].sku', 'amount.currency', 'comment']) {
      expect(refund).toContain(`<code>${field}</code>`);
    }
    expect(sectionOf('approveOrder')).toMatch(/Request body, optional[\s\S]*\nIf-Match: &quot;1&quot;<\/pre>/);
  });

  test('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, slash, name] of page
      .replace(/<!doctype html>/, '')
      .matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
      if (slash) expect([name, open.pop()]).toEqual([name, name]);
      else if (!VOID_ELEMENTS.has(name!)) open.push(name!);
    }
    expect(open).toEqual([]);
  });

  test('has ids that are unique, and links that lead to one', () => {
    const ids = all(/ id="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const links = all(/ href="#([^"]+)"/g);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    for (const label of all(/ aria-labelledby="([^"]+)"/g)) expect(ids).toContain(label);
  });

  test('can be read with a screen reader and from the keyboard: language, one title, headings in order, tables with captions', () => {
    expect(page).toMatch(
      /<html lang="en">[\s\S]*<title>[^<]+<\/title>[\s\S]*class="skip" href="#content"[\s\S]*<nav aria-label[\s\S]*<main id="content">/,
    );
    const levels = all(/<h([1-6])[ >]/g).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    expect(all(/<(caption)>/g)).toHaveLength(all(/<(table)>/g).length);
    expect(page).not.toMatch(/<th>/);
    for (const opening of all(/(<pre[^>]*>)/g)) expect(opening).toContain('tabindex="0"');
  });

  test('loads nothing, runs nothing, and allows no more than that', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
    const [style] = all(/<style>([^<]*)<\/style>/g);
    const hash = createHash('sha256').update(style!).digest('base64');
    expect(CONTENT_SECURITY_POLICY).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
  });

  test('escapes whatever a document says', () => {
    const nasty = '<script>alert("1")</script>';
    const edited = JSON.parse(
      JSON.stringify(document).replaceAll('The order is stored', nasty.replaceAll('"', '\\"')),
    ) as ApiDocument;
    expect(pageOf(edited)).not.toContain('<script');
    expect(pageOf(edited)).toContain('&lt;script&gt;');
  });
});

describe('Markdown of descriptions', () => {
  test.each([
    ['One.\n\nTwo.', '<p>One.</p>\n<p>Two.</p>\n'],
    [
      'A **strong** word and `{"code": "**"}`.',
      '<p>A <strong>strong</strong> word and <code>{&quot;code&quot;: &quot;**&quot;}</code>.</p>\n',
    ],
    ['- one\n- `two`', '<ul><li>one</li><li><code>two</code></li></ul>\n'],
    ['1 < 2 & 3', '<p>1 &lt; 2 &amp; 3</p>\n'],
  ])('%j', (text, expected) => {
    expect(markdown(text).text).toBe(expected);
  });
});
