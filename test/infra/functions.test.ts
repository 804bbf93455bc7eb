import { describe, expect, test } from 'vitest';
import { PROJECTIONS_END_MS } from '../../functions/orders/application/erase-order.ts';
import { isSafeUrl } from '../../functions/shared/kernel/safe-url.ts';
import { FUNCTION_NAMES } from '../../lib/functions.ts';
import { synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const functions = assembly.all('AWS::Lambda::Function');

/** They work through thousands of orders, until shortly before they are called again. */
const ERASES = /^(AdvanceErasures|EraseOldOrders)/;

describe('Every function', () => {
  test('is deployed', () => {
    expect(functions.map(({ properties }) => properties.Description as string).sort()).toEqual(
      [...FUNCTION_NAMES].sort(),
    );
  });

  test.each(functions)('runs as all of ours do: $id', ({ id, properties }) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: ERASES.test(id) ? 1024 : 512,
    });
    // Its spans are in its log.
    expect(properties.TracingConfig).toBeUndefined();
    expect(properties.Environment.Variables).toMatchObject({
      NODE_OPTIONS: '--enable-source-maps',
      POWERTOOLS_SERVICE_NAME: (properties.Description as string).split('/')[0],
    });
  });

  test.each(functions)('ends in time: $id', ({ id, properties }) => {
    expect(properties.Timeout).toBeGreaterThanOrEqual(1);
    expect(properties.Timeout).toBeLessThanOrEqual(ERASES.test(id) ? 299 : 30);
  });

  test('projects orders for a shorter time than an erasure waits for projections that have read the order before', () => {
    const [projection] = functions.filter(({ id }) => id.startsWith('ProjectOrderView'));
    expect((projection!.properties.Timeout as number) * 1_000).toBeLessThan(PROJECTIONS_END_MS);
  });

  test.each(functions)('has a log of its own that is not kept for ever: $id', ({ properties }) => {
    const logGroup = assembly.target(properties.LoggingConfig.LogGroup);
    expect(assembly.resource(logGroup).properties.RetentionInDays).toBeLessThanOrEqual(400);
    const sharing = functions.filter((other) => assembly.target(other.properties.LoggingConfig.LogGroup) === logGroup);
    expect(sharing).toHaveLength(1);
  });

  test.each(functions)('has a role of its own: $id', ({ properties }) => {
    const role = assembly.target(properties.Role);
    expect(assembly.resource(role).properties).not.toHaveProperty('ManagedPolicyArns');
    expect(functions.filter((other) => assembly.target(other.properties.Role) === role)).toHaveLength(1);
  });

  test.each(functions)('is given names and URLs, never a secret: $id', ({ properties }) => {
    const literals = Object.entries(properties.Environment.Variables as Record<string, unknown>)
      .filter(([, value]) => typeof value === 'string')
      .map(([name]) => name);
    const harmless = [
      'NODE_OPTIONS',
      'POWERTOOLS_SERVICE_NAME',
      'CONFIGURATION_PARAMETER',
      'ALARM_NAME_PREFIX',
      'PERSONAL_DATA_DAYS',
      'MAX_RECEIVES',
      'CONSOLE_SCOPES',
      'CONSOLE_STAGE',
    ];
    expect(literals.filter((name) => !harmless.includes(name))).toEqual([]);
  });
});

describe('Partners', () => {
  test.each(['PaymentGatewayUrl', 'CarrierUrl', 'OidcIssuer'])(
    'are found at a URL that a deployment must name: %s',
    (name) => {
      const { AllowedPattern, Default } = assembly.stateless.Parameters[name] as {
        AllowedPattern: string;
        Default?: string;
      };
      expect(Default).toBeUndefined();
      const allowed = new RegExp(AllowedPattern);
      expect('https://gateway.example').toMatch(allowed);
      expect('http://127.0.0.1:4001').toMatch(allowed);
      for (const url of [
        'gateway.example',
        '',
        'http://gateway.example',
        'http://127.0.0.1.example',
        'http://localhost@evil.example',
        'https://user:secret@gateway.example',
        'https://',
        'ftp://127.0.0.1',
      ]) {
        expect(url).not.toMatch(allowed);
        expect(isSafeUrl(url)).toBe(false);
      }
      for (const url of [
        'https://gateway.example/base',
        'http://localhost',
        'http://[::1]:4001/',
        'https://10.0.0.7:8443',
      ]) {
        expect(url).toMatch(allowed);
        expect(isSafeUrl(url)).toBe(true);
      }
    },
  );
});
