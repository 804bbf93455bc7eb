/** The environment variable with the partners of the deployment, as JSON: a list of `{name, fallbackUrl}`. */
export const PARTNERS_VARIABLE = 'PARTNERS';
