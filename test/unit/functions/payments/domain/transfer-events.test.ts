/** How banks name the entries of an account. */
import { describe, expect, test } from 'vitest';
import { parseTransferId } from '../../../../../functions/payments/domain/transfer-events.ts';
import { TRANSFER } from '../../../../../functions/published/transfer-log.ts';

describe('The id of a transfer', () => {
  test.each(['E', 'E000000000042', 'a b/c-~ !', 'x'.repeat(35)])('is “%s”', (text) => {
    expect(parseTransferId(text)).toBe(text);
  });

  test.each(['', 'x'.repeat(36), 'tab\there', 'end\n', '\nbegin', 'Überweisung'])('is not “%s”', (text) => {
    expect(() => parseTransferId(text)).toThrow(
      new RangeError(`An entry has 1 to 35 characters of ASCII, got "${text}".`),
    );
  });
});

test('No event of a transfer has had another version before', () => {
  expect(TRANSFER.upcasters).toEqual({
    TransferUnmatched: [],
    TransferMatched: [],
    TransferSentBack: [],
    TransferDoneOutside: [],
  });
});
