/** Pages on which a person looks at the mails that were sent. */
import type { EndpointAnswer } from '../contracts.ts';
import type { Mail, Mails } from './mails.ts';

export const MAILS_PATH = '/_runtime/mails';

/** Undefined for a path of no mail. */
export function mailPage(mails: Mails, path: string): EndpointAnswer | undefined {
  if (path === MAILS_PATH) return page('Mails', listOf(mails.list()));
  if (!path.startsWith(`${MAILS_PATH}/`)) return undefined;
  const mail = mails.find(decodeURIComponent(path.slice(MAILS_PATH.length + 1)));
  return mail && page(mail.subject, whole(mail));
}

const listOf = (mails: readonly Mail[]): string =>
  mails.length === 0
    ? '<p>No mail was sent yet.</p>'
    : `<table><tr><th>Sent</th><th>To</th><th>Subject</th></tr>${mails.map(rowOf).join('')}</table>`;

const rowOf = ({ id, sentAt, to, subject }: Mail): string =>
  `<tr><td>${escaped(sentAt)}</td><td>${escaped(to.join(', '))}</td><td><a href="${MAILS_PATH}/${encodeURIComponent(id)}">${escaped(subject)}</a></td></tr>`;

/** The frame runs nothing and loads nothing, whatever is in the mail. */
const whole = ({ sentAt, from, to, text, html }: Mail): string =>
  [
    `<p><a href="${MAILS_PATH}">All mails</a></p>`,
    `<p>${escaped(sentAt)}, from ${escaped(from)} to ${escaped(to.join(', '))}</p>`,
    ...(html === undefined ? [] : [`<h2>HTML</h2><iframe sandbox title="HTML" srcdoc="${escaped(html)}"></iframe>`]),
    ...(text === undefined ? [] : [`<h2>Text</h2><pre>${escaped(text)}</pre>`]),
  ].join('\n');

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:.25rem 1rem .25rem 0}iframe{width:100%;height:20rem;border:1px solid #888}pre{white-space:pre-wrap}';

function page(title: string, content: string): EndpointAnswer {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${content}</body></html>`;
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  };
  return { status: 200, headers, body };
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (content: string): string => content.replaceAll(/[&<>"']/g, (character) => ESCAPED[character]!);
