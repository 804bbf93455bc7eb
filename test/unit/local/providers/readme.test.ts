import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { IGNORED, PROVIDERS } from '../../../../local/providers/registry.ts';

const readme = readFileSync(new URL('../../../../local/README.md', import.meta.url), 'utf8');

/** The README's names of services, in templates. */
const SERVICES: Readonly<Record<string, string>> = {
  'API Gateway': 'ApiGateway',
  DynamoDB: 'DynamoDB',
  EventBridge: 'Events',
  IAM: 'IAM',
  Lambda: 'Lambda',
  Logs: 'Logs',
  SQS: 'SQS',
  'Step Functions': 'StepFunctions',
};

test('The README lists the resource types that are made', () => {
  const [, table] = /\| made \| \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(readme)!;
  const listed = table!
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, service, types] = line.split('|').map((cell) => cell.trim());
      const names = types!
        .replace(/\([^)]*\)/g, '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => /^[A-Z]\w+/.test(name));
      return names.map((name) => `AWS::${SERVICES[service!]}::${name.split(' ')[0]}`);
    });
  expect(listed.sort()).toEqual(Object.keys(PROVIDERS).sort());
});

test('The README lists the resource types that are ignored', () => {
  const [, paragraph] = /\*\*Ignored\*\*([\s\S]*?)\n\n/.exec(readme)!;
  expect([...paragraph!.matchAll(/AWS::\w+::\w+/g)].map(([type]) => type).sort()).toEqual([...IGNORED].sort());
});
