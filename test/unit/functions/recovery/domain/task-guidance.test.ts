import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAGA_STEPS, TASK_KINDS } from '../../../../../functions/recovery/domain/event-data.ts';
import { guidanceOf } from '../../../../../functions/recovery/domain/task-guidance.ts';
import { ROOT } from '../../../../support/docs/markdown.ts';

const SUBJECTS = TASK_KINDS.flatMap((kind) => [{ kind }, ...SAGA_STEPS.map((step) => ({ kind, step }))]);
const guidances = SUBJECTS.map((subject) =>
  guidanceOf({ ...subject, taskId: 'a task', openedAt: '2026-01-01T00:00:00.000Z' }),
);

describe('What a person is told about a task', () => {
  test.each([...new Set(guidances.map(({ runbook }) => runbook))])('names a runbook that exists: %s', (runbook) => {
    expect(existsSync(path.join(ROOT, 'docs/runbooks', `${runbook}.md`))).toBe(true);
  });

  test('says what is not done and what to check, whatever the kind and the step', () => {
    for (const { what, check } of guidances) {
      expect(what).toMatch(/\.$/);
      expect(check).not.toHaveLength(0);
    }
  });
});
