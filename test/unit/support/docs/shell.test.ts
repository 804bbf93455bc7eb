import { describe, expect, test } from 'vitest';
import { expanded, shellLines } from '../../../support/docs/shell.ts';

const environment = { variables: new Map([['NAME', 'Li Wei']]), run: async (command: string) => `<${command}>` };
const words = async (script: string) => Promise.all(shellLines(script).map((line) => expanded(line, environment)));

describe('A line of shell', () => {
  test.each([
    ['curl -s http://127.0.0.1/x#y', ['curl', '-s', 'http://127.0.0.1/x#y']],
    ['-d \'{"a":\n  "$NAME"}\'', ['-d', '{"a":\n  "$NAME"}']],
    ['"$NAME" $NAME', ['Li Wei', 'Li Wei']],
    ['A="B $(npm run -s token -- --scope "x y") C"', ['A=B <npm run -s token -- --scope "x y"> C']],
    ['"$NAME/"\'$x\'/y', ['Li Wei/$x/y']],
    ['a \\\n  b', ['a', 'b']],
    ['""', ['']],
  ])('%j', async (script, expected) => {
    expect(await words(script)).toEqual([expected]);
  });

  test('ends with its line, and has a comment behind a space only', async () => {
    const script = '# about it\n\na b   # 202: so\nc#d';
    expect(await words(script)).toEqual([['a', 'b'], ['c#d']]);
    expect(shellLines(script).map(({ comment }) => comment)).toEqual(['202: so', '']);
  });

  test('is refused when it has unknown syntax, or a variable without a value', async () => {
    expect(() => shellLines("echo 'never closed")).toThrow(/more of a shell/);
    await expect(words('$ELSE')).rejects.toThrow('$ELSE has no value yet.');
  });
});
