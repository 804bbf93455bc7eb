import { describe, expect, test } from 'vitest';
import { consolePages } from '../../../../functions/console/http/console-pages.ts';

const INDEX = '<link rel="icon" href="./assets/mark-1.svg"><script type="module" src="./assets/main-2.js"></script>';
const SITE = new Map([
  ['index.html', INDEX],
  ['assets/main-2.js', 'main()'],
  ['assets/mark-1.svg', '<svg/>'],
  ['robots.txt', 'Disallow: /'],
]);
const SETTINGS = {
  issuer: 'https://login.example/realms/shop',
  signInOrigins: ['https://tokens.example'],
  clientId: 'waybill-console',
  scopes: 'orders:read',
  zone: 'Asia/Shanghai',
  stage: 'prod',
};
const answer = consolePages(SITE, SETTINGS);
const get = (path: string, headers = {}) => answer({ path, seenPath: path, headers });

describe('A file of the console', () => {
  test('with a hash in its name is kept for ever', async () => {
    expect(await get('/console/assets/main-2.js')).toMatchObject({
      status: 200,
      text: 'main()',
      headers: {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'public, max-age=31536000, immutable',
      },
    });
  });

  test('without one is asked for again each time', async () => {
    expect((await get('/console/robots.txt')).headers).toMatchObject({ 'Cache-Control': 'no-cache' });
  });

  test.each(['assets/gone-3.js', 'assets/', 'favicon.ico', 'orders/x.css'])(
    'that is not there is a problem: %s',
    async (file) => {
      await expect(get(`/console/${file}`)).rejects.toMatchObject({ kind: 'no-such-resource' });
    },
  );

  test('of an unknown type is refused when the function starts', () => {
    expect(() => consolePages(new Map([...SITE, ['assets/font.woff2', '']]), SETTINGS)).toThrow('font.woff2');
  });
});

describe('The page of the console', () => {
  test.each([
    ['/console/', './'],
    ['/console/orders', './'],
    ['/console/signed-in', './'],
    ['/console/orders/', '../'],
    ['/console/orders/0191/saga', '../../'],
    ['/live/console/orders/0191', '../'],
  ])('is at %s, and finds its files', async (path, up) => {
    expect(await get(path)).toMatchObject({ status: 200, text: INDEX.replaceAll('"./', `"${up}`) });
  });

  test.each(['', '/live'])(
    'is there without a redirect when API Gateway has taken the slash from the end of %s/console/',
    async (stage) => {
      for (const seenPath of [`${stage}/console`, `${stage}/console/`]) {
        const page = await answer({ path: '/console', seenPath, headers: {} });
        expect(page).toMatchObject({ status: 200, text: INDEX.replaceAll('"./', `"${stage}/console/`) });
      }
    },
  );

  test('loads nothing but its own files, and talks to nobody but the API and the issuer', async () => {
    const { headers } = await get('/console/');
    const policy = headers!['Content-Security-Policy']!;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "connect-src 'self' https://login.example https://tokens.example",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
  });

  test('is not sent to a browser that has it', async () => {
    const { headers } = await get('/console/');
    expect(headers).toMatchObject({ 'Cache-Control': 'no-cache' });
    const again = await get('/console/', { 'if-none-match': headers!['ETag'] });
    expect(again).toMatchObject({ status: 304, text: '' });
    // A browser takes the headers of this answer for the page that it has kept: another policy would stop its scripts.
    expect(again.headers!['Content-Security-Policy']).toBe(headers!['Content-Security-Policy']);
  });

  test('has to be built', () => {
    expect(() => consolePages(new Map(), SETTINGS)).toThrow('was not built');
  });
});

test('The configuration tells the app where to sign in and where the API is', async () => {
  const { headers, text } = (await get('/console/config.json')) as { headers: object; text: string };
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  const { signInOrigins: _, ...told } = SETTINGS;
  expect(JSON.parse(text)).toEqual({ ...told, apiBase: '../api/v1' });
});
