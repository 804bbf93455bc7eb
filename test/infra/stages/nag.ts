import { describe, expect, test } from 'vitest';

interface Finding {
  readonly rule: string;
  readonly path: string;
}

/** What `test/infra/support/nag.ts` prints. */
export interface NagReport {
  readonly findings: readonly Finding[];
  readonly withoutAcknowledgements: readonly Finding[];
  readonly acknowledgements: readonly (Finding & { readonly reason: string })[];
}

export function rulesOfNag(stage: string, report: () => NagReport): void {
  describe(`The AwsSolutions rules of cdk-nag, on the stage ${stage},`, () => {
    test('find nothing that is not acknowledged', () => {
      expect(report().findings).toEqual([]);
    });

    test('would find what each acknowledgement is for, so that none outlives its reason', () => {
      const { acknowledgements, withoutAcknowledgements } = report();
      const needed = acknowledgements.filter(({ rule, path: scope }) =>
        withoutAcknowledgements.some((finding) => finding.rule === rule && `${finding.path}/`.startsWith(`${scope}/`)),
      );
      expect(needed.length).toBeGreaterThan(0);
      const reasons = (those: readonly { readonly reason: string }[]) => new Set(those.map(({ reason }) => reason));
      expect(reasons(needed)).toEqual(reasons(acknowledgements));
    });
  });
}
