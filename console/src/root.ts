/** Every chunk lies in one folder below the root, wherever the API is. */
const here = import.meta.url;

/** The address below which the console lives, with a slash at its end, such as `https://shop.example/prod/console/`. */
export const ROOT = import.meta.env.DEV ? new URL('/', location.href) : new URL('../', here);

/** The path of `ROOT` without the slash at its end: the base of all routes. */
export const BASE = ROOT.pathname.replace(/\/$/, '');
