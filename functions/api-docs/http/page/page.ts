import { createHash } from 'node:crypto';
import type { ApiDocument } from '../document/document-types.ts';
import { Html, html } from './html.ts';
import { inlineMarkdown, markdown } from './markdown.ts';
import { operationSection } from './operation.ts';
import { anchorOf, fieldTable } from './schema.ts';
import { STYLE } from './style.ts';

/** The page loads nothing and runs nothing: the policy names its one style sheet by hash. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The document as a page for reading: one file, without scripts. */
export function pageOf(document: ApiDocument): string {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route, method, operation })),
  );
  const taggedWith = (tag: string) => operations.filter(({ operation }) => operation.tags.includes(tag));
  const schemas = Object.entries(components.schemas);
  const { token } = components.securitySchemes as { token: { description: string } };
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API ${info.version}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="layout">
<nav aria-label="Contents">
<ul><li><a href="#content">About this API</a></li><li><a href="#tokens">Tokens</a></li><li><a href="#problems">Problems</a></li></ul>
${tags.map(
  ({ name }) =>
    html`<p>${name}</p><ul>${taggedWith(name).map(
      ({ operation: { operationId, summary } }) => html`<li><a href="#${operationId}">${summary}</a></li>`,
    )}</ul>`,
)}
<p>Schemas</p><ul>${schemas.map(([name]) => html`<li><a href="#${anchorOf(name)}">${name}</a></li>`)}</ul>
</nav>
<main id="content">
<h1>${info.title} API</h1>
<p>${info.summary}. The same as the <a href="/api/v1/openapi.json">OpenAPI document</a>.</p>
${markdown(info.description)}
<h2 id="tokens">Tokens</h2>
<p><code>Authorization: Bearer &lt;token&gt;</code></p>
${markdown(token.description)}
${tags.map(
  ({ name, description }) => html`<section aria-label="${name}"><h2>${name}</h2>${markdown(description)}
${taggedWith(name).map(({ method, route, operation }) => operationSection(document, method, route, operation))}</section>`,
)}
<h2 id="problems">Problems</h2>
<table><caption>Every type of problem</caption>
<thead><tr><th scope="col">type</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${document['x-problems'].map(
    ({ type, status, title, meaning }) => html`<tr><th scope="row"><code>${type}</code></th>
<td>${status}</td><td><strong>${title}.</strong> ${inlineMarkdown(meaning)}</td></tr>`,
  )}</tbody></table>
<h2>Schemas</h2>
${schemas.map(
  ([name, schema]) => html`<article aria-labelledby="${anchorOf(name)}"><h3 id="${anchorOf(name)}">${name}</h3>
${schema.description !== undefined && markdown(schema.description)}${fieldTable('Fields', schema)}</article>`,
)}
</main>
</div>
</body>
</html>
`.text;
}
