/** The commands of the documents, executed in their order. */
import { beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { operationFor } from '../../support/api/client.ts';
import { DocumentReader, titleOf } from '../../support/docs/document-reader.ts';
import { shellLinesOf, textOf } from '../../support/docs/markdown.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function documentedCommands(platform: SuitePlatform): void {
  describe('The commands of', () => {
    const asked = new Set<string>();

    describe.each(['README.md', 'docs/api.md'])('%s work as it says', (document) => {
      let reader: DocumentReader;
      beforeAll(() => {
        reader = new DocumentReader(platform.instance.url);
      });

      test.each(shellLinesOf(textOf(document)).map((line) => [titleOf(line), line] as const))('%s', async (_, line) => {
        const request = await reader.follow(line);
        if (request) asked.add(operationFor(request.method, `/api/v1${request.path.split('?')[0]}`)!.operationId);
      });
    });

    test('docs/api.md have an example of every operation on orders', () => {
      const operations = CONTRACTS.filter(({ tag }) => tag.name.startsWith('Order'));
      expect([...asked]).toEqual(expect.arrayContaining(operations.map(({ operationId }) => operationId)));
    });
  });
}
