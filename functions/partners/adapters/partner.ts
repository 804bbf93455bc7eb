/** The environment variable with the partners of the deployment, as JSON: a list of `{name, fallbackUrl}`. */
export const PARTNERS_VARIABLE = 'PARTNERS';
/** The environment variable with where our credentials are, as JSON: a list of `{partner, url, secret}`. */
export const CREDENTIALS_VARIABLE = 'CREDENTIALS';
