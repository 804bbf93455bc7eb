import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findJava } from '../../../../local/dynamodb/dynamodb-local/java.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-java-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('without a suitable Java', () => {
  function javaThatSays(text: string): NodeJS.ProcessEnv {
    writeFileSync(join(dir, 'java'), `#!/bin/sh\necho '${text}' >&2\n`);
    chmodSync(join(dir, 'java'), 0o755);
    return { PATH: `${dir}:${process.env['PATH']}` };
  }

  test('a missing one is named, with what is needed and how to install it', () => {
    const find = (): string => findJava({ PATH: dir });
    expect(find).toThrow(/Java was not found.*needs Java 17 or newer.*openjdk-17-jre-headless/s);
  });

  test.each(['java version "1.8.0_402"', 'openjdk version "11.0.22" 2024-01-16'])('%s is too old', (version) => {
    expect(() => findJava(javaThatSays(version))).toThrow(/Java (8|11) was found .* too old/);
  });

  test('the stub of macOS that only asks for a Java counts as none', () => {
    expect(() => findJava(javaThatSays('Unable to locate a Java Runtime.'))).toThrow(
      /Java was not found.*Unable to locate/s,
    );
  });

  test.each(['openjdk version "17.0.15" 2025-04-15', 'openjdk version "25" 2025-09-16'])('%s will do', (version) => {
    expect(findJava(javaThatSays(version))).toBe('java');
  });
});
