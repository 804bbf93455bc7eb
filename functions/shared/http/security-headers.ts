/**
 * What every answer says to browsers, whoever writes it: API Gateway, a mock or a function. No cache keeps an answer, and no browser takes it for another type,
 * runs anything in it, puts it into a frame or tells other sites its address; and the API is asked over HTTPS for two years, which browsers follow where they
 * have read it over HTTPS. An answer that is a page says itself what it may load. No value has quotes in it: API Gateway has no way to write them.
 */
export const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': 'sandbox',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;
