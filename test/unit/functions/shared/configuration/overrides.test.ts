import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configurationEnvironment } from '../../../../../functions/shared/configuration/deployed.ts';
import { CONFIGURATION_PARAMETER } from '../../../../../functions/shared/configuration/parameter.ts';
import { logger } from '../../../../../functions/shared/edge/logger.ts';

const { variable, overridesVariable } = CONFIGURATION_PARAMETER;

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  process.env[variable] = '/Waybill/configuration';
  vi.spyOn(logger, 'error').mockImplementation((...line: readonly unknown[]) => void said.push(JSON.stringify(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  delete process.env[variable];
  delete process.env[overridesVariable];
});

describe('The settings that a deployment overrides', () => {
  it('are none when it says nothing', () => {
    expect(configurationEnvironment()).toEqual({ name: '/Waybill/configuration', overrides: {} });
  });

  it('are what it says', () => {
    process.env[overridesVariable] = '{"breaker":{"openSeconds":9}}';
    expect(configurationEnvironment().overrides).toEqual({ breaker: { openSeconds: 9 } });
    expect(said).toEqual([]);
  });

  it.each([
    ['{"breaker":{"openSeconds":"x"},"limiter":{"callers":{"burst":5}}}', 'breaker.openSeconds'],
    ['{"brake":{}}', 'brake'],
    ['{', 'It is not JSON'],
  ])('stop no function when they are wrong, and an alarm tells of them: %s', (text, fault) => {
    process.env[overridesVariable] = text;
    expect(configurationEnvironment().overrides).toEqual({});
    expect(said.join('\n')).toContain('ConfigurationRefused');
    expect(said.join('\n')).toContain(fault);
  });
});
