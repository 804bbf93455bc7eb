import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import type { Callers } from './callers.ts';

const run = promisify(execFile);
const PROGRAM = path.resolve(import.meta.dirname, '../../../launch/clients/token.ts');

export function tokenCommand(platform: SuitePlatform, callers: Callers): void {
  describe('npm run token', () => {
    const token = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      run(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], {
        env: { ...process.env, NODE_OPTIONS: '', WAYBILL_URL: platform.instance.url, ...env },
      });
    const failure = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      token(args, env).then(
        () => {
          throw new Error('It did not fail.');
        },
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
      );

    test('prints a token for the running instance and nothing else', async () => {
      const { stdout, stderr } = await token([
        '--sub',
        'C1',
        '--role',
        'customer',
        '--name',
        'Li Wei',
        '--email',
        'li@example.com',
        '--expires-in',
        '60',
      ]);
      expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      expect(stderr).toBe('');
      expect((await callers.withToken(stdout.trim())).status).toBe(200);
    });

    test('gives operators their scopes', async () => {
      const { stdout } = await token(['--sub', 'O1', '--role', 'operator', '--scope', 'orders:read orders:approve']);
      expect((await callers.withToken(stdout.trim())).status).toBe(200);
    });

    test.each([
      ['no arguments', [], /--sub and --role are needed[\s\S]*Usage/],
      ['an unknown role', ['--sub', 'C1', '--role', 'admin'], /--role is "admin"; expected customer or operator/],
      ['an unknown option', ['--subject', 'C1'], /--subject[\s\S]*Usage/],
      [
        'a lifetime that is none',
        ['--sub', 'C1', '--role', 'customer', '--expires-in', '1h'],
        /--expires-in is "1h"; expected whole seconds/,
      ],
    ] as const)('with %s says what was expected', async (_, args, said) => {
      expect(await failure(args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
    });

    test('says so when no instance runs', async () => {
      expect(await failure(['--sub', 'C1', '--role', 'customer'], { WAYBILL_URL: 'http://127.0.0.1:9' })).toMatchObject(
        {
          code: 1,
          stdout: '',
          stderr: expect.stringMatching(/No Waybill answers at http:\/\/127\.0\.0\.1:9\. Start one/),
        },
      );
    });
  });
}
