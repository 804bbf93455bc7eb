import { beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { ApiExamples, hasFieldsOf } from '../../support/api/examples.ts';
import { Bank } from '../../support/platform/bank.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';

export function documentedExamples(platform: SuitePlatform): void {
  let examples: ApiExamples;
  beforeAll(() => {
    examples = new ApiExamples(platform.instance.url, new Bank(() => platform.instance));
  });

  const everyExample = CONTRACTS.flatMap((contract) =>
    contract.examples.map((example) => [`${contract.operationId}: ${example.summary}`, contract, example] as const),
  );
  const isProblem = ({ answer }: { answer: { status: number } }) => answer.status >= 400;

  describe('Every example of the document works as it says', () => {
    test.each(everyExample)('%s', async (_, contract, example) => {
      const { status, body } = await examples.run(contract, example);
      expect({ status, body }).toMatchObject({ status: example.answer.status });
      // A refusal is exactly as documented; other answers have the documented fields with other values.
      if (isProblem(example)) expect(body).toEqual(example.answer.body);
      else expect({ body, complete: hasFieldsOf(body, example.answer.body) }).toMatchObject({ complete: true });
    });
  });
}
