/** What is answered to a browser below `/console`: files, the page of the app at every other path, and its configuration. */
import type { ApiAnswer } from '../../shared/http/answer.ts';
import { cacheableText } from '../../shared/http/cacheable-text.ts';
import { Problem } from '../../shared/http/problem.ts';
import { NO_SUCH_RESOURCE } from '../../shared/http/problems.ts';
import type { ApiRequest } from '../../shared/http/request.ts';
import { CONSOLE_PATH } from '../routes.ts';

export interface ConsoleSettings {
  /** The OpenID Connect issuer at which operators sign in. */
  readonly issuer: string;
  /** Further origins that a sign-in talks to, such as that of the issuer's token endpoint. */
  readonly signInOrigins: readonly string[];
  /** By which the issuer knows the console. */
  readonly clientId: string;
  /** What the console asks for, with spaces between. */
  readonly scopes: string;
  /** The shop's time zone, as IANA names it. */
  readonly zone: string;
  /** Which environment this is, for people. */
  readonly stage: string;
}

type Asked = Pick<ApiRequest, 'path' | 'seenPath' | 'headers'>;
type Answering = (request: Asked) => Promise<ApiAnswer>;

/** What has a hash in its name never changes; everything else is asked for again each time, and rarely sent. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const ALWAYS_ASKED = 'no-cache';
/** Where the build puts what has a hash in its name. */
const HASHED = 'assets/';
const INDEX = 'index.html';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

/**
 * @param site the built files by their path, `index.html` among them
 * @throws Error when a file has a type that is not known
 */
export function consolePages(site: ReadonlyMap<string, string>, settings: ConsoleSettings): Answering {
  const index = site.get(INDEX);
  if (index === undefined) throw new Error(`The console was not built: there is no ${INDEX} beside the function.`);
  const files = new Map<string, Answering>(
    [...site]
      .filter(([file]) => file !== INDEX)
      .map(([file, text]) => [
        file,
        cacheableText({
          text,
          contentType: contentTypeOf(file),
          cacheControl: file.startsWith(HASHED) ? IMMUTABLE : ALWAYS_ASKED,
        }),
      ]),
  );
  files.set('config.json', configuration(settings));
  const headers = { 'Content-Security-Policy': policy(settings) };

  return async (request) => {
    const below = request.path.slice(request.path.indexOf(CONSOLE_PATH) + CONSOLE_PATH.length);
    const file = below.slice(1);
    const answer = files.get(file);
    if (answer !== undefined) return answer(request);
    if (isFileName(file)) throw new Problem(NO_SUCH_RESOURCE, 'The console has no such file.');
    const text = asSeenFrom(below, request.seenPath, index);
    return cacheableText({ text, contentType: contentTypeOf(INDEX), cacheControl: ALWAYS_ASKED, headers })(request);
  };
}

function contentTypeOf(file: string): string {
  const type = CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1)];
  if (type === undefined) throw new Error(`The console has a file of an unknown type: ${file}.`);
  return type;
}

/** A page has no dot in its last part: its ids are UUIDs and words. */
const isFileName = (path: string): boolean =>
  path.startsWith(HASHED) || path.slice(path.lastIndexOf('/') + 1).includes('.');

/**
 * The page names its files from where the console begins; below, it has to go up. API Gateway may take the slash from the end of a path, so that where
 * the console begins, only a whole path leads to the files with and without it. A redirect to the slash could go in a circle.
 */
function asSeenFrom(below: string, seenPath: string, index: string): string {
  const up = below === '' ? `${seenPath.replace(/\/$/, '')}/` : '../'.repeat(below.split('/').length - 2);
  return up === '' ? index : index.replaceAll(/(?<=(?:src|href)=")\.\//g, () => up);
}

function configuration({ issuer, clientId, scopes, zone, stage }: ConsoleSettings): Answering {
  // From where the console begins, so that it holds below any stage.
  const text = JSON.stringify({ issuer, clientId, apiBase: '../api/v1', scopes, zone, stage });
  return cacheableText({ text, contentType: contentTypeOf('config.json'), cacheControl: ALWAYS_ASKED });
}

function policy({ issuer, signInOrigins }: ConsoleSettings): string {
  const origins = [new URL(issuer).origin, ...signInOrigins].join(' ');
  return [
    "default-src 'self'",
    "img-src 'self' blob: data:",
    `connect-src 'self' ${origins}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
