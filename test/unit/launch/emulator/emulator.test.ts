import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { emulatorUrlIn, runningEmulator } from '../../../../launch/emulator/emulator.ts';
import { requestedArguments } from '../../../../launch/emulator/requested.ts';

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** Something that answers these paths with 200, and others with 404. */
async function answering(...paths: readonly string[]): Promise<string> {
  const server = createServer(({ url }, response) => response.writeHead(paths.includes(url!) ? 200 : 404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('An emulator of AWS', () => {
  test('is known by how it answers: MiniStack answers what LocalStack does, and more', async () => {
    const localstack = await answering('/_localstack/health');
    const ministack = await answering('/_localstack/health', '/_ministack/health');
    expect(await runningEmulator(localstack)).toEqual({ url: localstack, name: 'localstack' });
    expect(await runningEmulator(ministack)).toEqual({ url: ministack, name: 'ministack' });
  });

  test('that does not answer is missed by its address, with how to start one', async () => {
    const url = await answering();
    await expect(runningEmulator(url)).rejects.toThrow(
      `No emulator of AWS answers at ${url}. Start LocalStack, or let this command start MiniStack`,
    );
  });

  test('is looked for at AWS_ENDPOINT_URL, and on the port of LocalStack without it', () => {
    expect(emulatorUrlIn({})).toBe('http://127.0.0.1:4566');
    expect(emulatorUrlIn({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4999/' })).toBe('http://127.0.0.1:4999');
    expect(() => emulatorUrlIn({ AWS_ENDPOINT_URL: '4999' })).toThrow(
      'AWS_ENDPOINT_URL is "4999"; expected a URL such as http://127.0.0.1:4566.',
    );
  });
});

test('The commands take --start, --help, or nothing', () => {
  expect(requestedArguments([])).toEqual({ starts: false });
  expect(requestedArguments(['--start'])).toEqual({ starts: true });
  expect(requestedArguments(['--help'])).toBe('help');
  expect(() => requestedArguments(['--start', 'now'])).toThrow(
    'The arguments are "--start now"; expected none, --start or --help.',
  );
});
