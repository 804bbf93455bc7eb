import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readEnvironment } from '../../../../functions/shared/edge/environment.ts';
import { safeUrl } from '../../../../functions/shared/edge/safe-url.ts';

const schema = z.object({ ORDER_LOG_TABLE: z.string(), CARRIER_URL: z.url(), SNAPSHOT_EVERY: z.coerce.number() });

describe('The environment of a function', () => {
  test('is read once and typed', () => {
    expect(
      readEnvironment(schema, {
        ORDER_LOG_TABLE: 'log',
        CARRIER_URL: 'http://127.0.0.1:1',
        SNAPSHOT_EVERY: '2000',
        HOME: '/',
      }),
    ).toEqual({ ORDER_LOG_TABLE: 'log', CARRIER_URL: 'http://127.0.0.1:1', SNAPSHOT_EVERY: 2_000 });
  });

  test('fails with the name of every variable that is missing or wrong, and with no value', () => {
    const read = () => readEnvironment(schema, { CARRIER_URL: 'secret-host', SNAPSHOT_EVERY: '1' });
    expect(read).toThrow(/ORDER_LOG_TABLE.*CARRIER_URL/);
    expect(read).not.toThrow(/secret-host/);
  });

  test('has addresses that are safe', () => {
    const read = (CARRIER_URL: string) => () => readEnvironment(z.object({ CARRIER_URL: safeUrl }), { CARRIER_URL });
    expect(read('https://carrier.example/base')).not.toThrow();
    expect(read('http://[::1]:4001')).not.toThrow();
    expect(read('http://carrier.example')).toThrow(
      /CARRIER_URL: must be an https URL without user information; http only for 127\.0\.0\.1/,
    );
  });
});
