import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from './support/assembly.ts';

interface Finding {
  readonly rule: string;
  readonly path: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'waybill-nag-'));
let report: {
  findings: Finding[];
  withoutAcknowledgements: Finding[];
  acknowledgements: (Finding & { reason: string })[];
};

beforeAll(() => {
  runProgram('bin/synth.ts');
  report = JSON.parse(runProgram('test/infra/support/nag.ts', path.join(folder, 'cdk.out'))) as typeof report;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('The AwsSolutions rules of cdk-nag', () => {
  test('find nothing that is not acknowledged', () => {
    expect(report.findings).toEqual([]);
  });

  test('would find what each acknowledgement is for, so that none outlives its reason', () => {
    const needed = report.acknowledgements.filter(({ rule, path: scope }) =>
      report.withoutAcknowledgements.some(
        (finding) => finding.rule === rule && `${finding.path}/`.startsWith(`${scope}/`),
      ),
    );
    expect(needed.length).toBeGreaterThan(0);
    const reasons = (acknowledgements: { reason: string }[]) => new Set(acknowledgements.map(({ reason }) => reason));
    expect(reasons(needed)).toEqual(reasons(report.acknowledgements));
  });
});
