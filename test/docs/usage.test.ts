import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const PROJECT_ROOT = path.resolve(import.meta.dirname, '../..');
/** Those that take arguments of ours. The others take none, or hand all to a tool that tells its own usage. */
const WITH_ARGUMENTS = [
  'start',
  'dev',
  'deploy:localstack',
  'destroy:localstack',
  'token',
  'config',
  'rebuild',
  'audit',
  'audit-trail',
  'logs',
  'fault-test',
  'fault-matrix',
  'crash-test',
  'api-fuzz',
  'model-check',
  'mutation-test',
  'bench',
] as const;

describe('--help', () => {
  test.each(WITH_ARGUMENTS)('of npm run %s tells how it is used, and does nothing else', async (name) => {
    const args = manifest.scripts[name].split(' ').slice(3);
    const { stdout } = await promisify(execFile)(process.execPath, [...args, '--help'], { cwd: PROJECT_ROOT });
    expect(stdout).toMatch(new RegExp(`npm (?:run (?:-s )?)?${name}\\b`));
  });
});
