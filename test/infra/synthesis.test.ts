import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Assembly, ROOT, runProgram, synthesizedAssembly } from './support/assembly.ts';

const inProcess = synthesizedAssembly();

describe('Synthesis', () => {
  test('is skipped while nothing changed', () => {
    expect(runProgram('bin/synth.ts')).toBe('cdk.out is up to date.\n');
  });

  test('knows no account, no region and no person', () => {
    for (const template of inProcess.stacks.values()) {
      // What Secrets Manager calls its own, the rule by which it makes a secret, and what says which one is meant.
      const text = JSON.stringify(template).replaceAll(
        /AWS::SecretsManager::\w+|secretsmanager[.:]\w+|"GenerateSecretString":\{[^}]*\}|"SecretId":\{|\\"secret\\":\\"",\{/g,
        '',
      );
      expect(text).not.toMatch(/\b\d{12}\b/);
      expect(text).not.toMatch(/\b(us|eu|ap|sa|ca|me|af|cn)-[a-z]+-\d\b/);
      expect(text).not.toMatch(/AKIA|BEGIN [A-Z ]*PRIVATE KEY|password|secret/i);
      expect(text).not.toContain('AWS::CDK::Metadata');
    }
  });
});

describe('`cdk synth`', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-cdk-'));
  const program = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const cdk = (...args: string[]) =>
    spawnSync(process.execPath, [program, 'synth', '--quiet', '--no-notices', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    });
  let plain: ReturnType<typeof cdk>;
  let ephemeral: ReturnType<typeof cdk>;

  beforeAll(() => {
    plain = cdk('--output', path.join(folder, 'plain'));
    ephemeral = cdk('--output', path.join(folder, 'ephemeral'), '--context', 'ephemeral=true', '--no-validation');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is clean', () => {
    expect(plain.stderr).not.toMatch(/warning|error|deprecat/i);
    expect(plain.status).toBe(0);
  });

  test.each([...inProcess.stacks.keys()])('makes the templates that the runtime boots from: %s', (stack) => {
    // The order of exports follows the numbers of CDK's tokens, and means nothing.
    const template = (from: string): unknown =>
      JSON.parse(readFileSync(path.join(from, `${stack}.template.json`), 'utf8'));
    expect(template(path.join(folder, 'plain'))).toEqual(template(path.join(ROOT, 'cdk.out')));
  });

  test('makes an environment that can be deleted with its tables when it is ephemeral', () => {
    expect(ephemeral.status).toBe(0);
    for (const { properties, deletionPolicy } of new Assembly(path.join(folder, 'ephemeral')).all(
      'AWS::DynamoDB::Table',
    )) {
      expect(deletionPolicy).toBe('Delete');
      expect(properties.DeletionProtectionEnabled).toBe(false);
    }
  });
});
