/** The pages that a person sees here: who one is, and that one has signed out. They have no script. */
import { createHash } from 'node:crypto';
import { escaped } from '../shared/html.ts';
import type { Answer } from '../shared/http.ts';
import type { Client } from './clients.ts';
import { type KnownPerson, type Language, PEOPLE } from './people.ts';
import { STYLE } from './style.ts';

const WORDS = {
  en: {
    title: 'Sign in',
    heading: 'Who are you?',
    lead: (client: string) => `Choose with whose eyes you look at ${client}.`,
    scopes: (count: number) => (count === 0 ? 'no scope' : count === 1 ? '1 scope' : `${count} scopes`),
    else: 'Somebody else',
    id: 'Id',
    scopesField: 'Scopes, with spaces between them',
    seconds: 'Seconds for which access tokens hold',
    enter: 'Sign in',
    wrong: 'That is nobody: an id of 1 to 128 characters is needed, and whole seconds.',
    footer: 'A simulated identity provider. On this machine everybody is who they say they are.',
    gone: 'You have signed out',
    goneLead: (client: string) => `${client} has to ask again who you are.`,
  },
  zh: {
    title: '登录',
    heading: '您是谁？',
    lead: (client: string) => `请选择以谁的身份使用 ${client}。`,
    scopes: (count: number) => (count === 0 ? '无权限' : `${count} 项权限`),
    else: '其他人',
    id: '编号',
    scopesField: '权限（以空格分隔）',
    seconds: '访问令牌有效秒数',
    enter: '登录',
    wrong: '无法识别：编号须为 1 至 128 个字符，秒数须为整数。',
    footer: '这是模拟的身份提供方：在本机上，每个人自称是谁就是谁。',
    gone: '您已退出登录',
    goneLead: (client: string) => `${client} 将重新询问您的身份。`,
  },
} as const;

type Fields = Readonly<Record<string, string>>;

/**
 * @param fields of the request, which come back with the choice
 * @param locales as `ui_locales` has them, the wanted one first
 */
export function chooserPage(client: Client, fields: Fields, locales?: string, { isWrong = false } = {}): Answer {
  const language = languageOf(locales);
  const words = WORDS[language];
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join('');
  const form = (content: string) => `<form method="post" action="/authorize">${hidden}${content}</form>`;
  const field = (name: string, label: string, more: string) => `<label>${label}<input name="${name}" ${more}></label>`;
  const people = PEOPLE.map((person) => personButton(person, language)).join('');
  const other = [
    field('sub', words.id, 'required maxlength="128" autocomplete="off"'),
    field('scopes', words.scopesField, 'maxlength="1000" autocomplete="off" value="orders:read"'),
    field('seconds', words.seconds, 'required inputmode="numeric" pattern="-?[0-9]{1,5}" value="3600"'),
    `<button class="enter">${words.enter}</button>`,
  ].join('');
  const body =
    `<h1>${words.heading}</h1><p class="lead">${words.lead(escaped(client.name))}</p>` +
    `${isWrong ? `<p class="wrong" role="alert">${words.wrong}</p>` : ''}${form(`<ul>${people}</ul>`)}` +
    `<details${isWrong ? ' open' : ''}><summary>${words.else}</summary>${form(other)}</details>`;
  return page(language, words.title, body, new URL(fields['redirect_uri']!).origin);
}

export function signedOutPage(client: Client, locales?: string): Answer {
  const language = languageOf(locales);
  const words = WORDS[language];
  return page(
    language,
    words.gone,
    `<h1>${words.gone}</h1><p class="lead">${words.goneLead(escaped(client.name))}</p>`,
  );
}

function personButton({ sub, name, scopes, does }: KnownPerson, language: Language): string {
  const initials = name.replace(/[^A-Z]/g, '');
  const count = WORDS[language].scopes(scopes.length);
  return (
    `<li><button name="person" value="${sub}" title="${scopes.join(' ')}"><span class="face" aria-hidden="true">${initials}</span>` +
    `<span class="who"><b>${name}</b><span>${does[language]}</span></span><span class="count">${count}</span></button></li>`
  );
}

const languageOf = (locales = ''): Language => (locales.startsWith('zh') ? 'zh' : 'en');

/** @param leadsTo where the answer to a form sends the browser: browsers hold `form-action` against that, too */
function page(language: Language, title: string, body: string, leadsTo = ''): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html;charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${leadsTo}; base-uri 'none'; frame-ancestors 'none'`,
      // The form's request must name its origin.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body:
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
      `<meta name="color-scheme" content="light dark"><title>${title}</title><style>${STYLE}</style></head>` +
      `<body><main>${body}</main><footer>${WORDS[language].footer}</footer></body></html>`,
  };
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
