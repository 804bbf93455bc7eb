import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultProvider } from '../../../lib/bundling/lambda-credentials.ts';

const VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

describe('Credentials on Lambda', () => {
  const before = VARIABLES.map((variable) => [variable, process.env[variable]] as const);
  const restore = () => {
    for (const [variable, value] of before) {
      if (value === undefined) delete process.env[variable];
      else process.env[variable] = value;
    }
  };

  beforeEach(() => VARIABLES.forEach((variable) => delete process.env[variable]));
  afterEach(restore);

  test('are those of the environment', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    });
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  test('need no session token', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
    await expect(defaultProvider()()).resolves.toEqual({ accessKeyId: 'key', secretAccessKey: 'secret' });
  });

  test('are read once: clients ask for them twice a request', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
    const credentials = defaultProvider();
    const first = await credentials();
    process.env.AWS_ACCESS_KEY_ID = 'another';
    expect(await credentials()).toBe(first);
  });

  test('are asked for by name when they are missing', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'key';
    await expect(defaultProvider()()).rejects.toThrow(/AWS_SECRET_ACCESS_KEY .*not in the environment/);
  });
});
