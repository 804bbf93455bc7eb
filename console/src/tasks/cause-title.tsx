import { useWords } from '../i18n/context.tsx';
import type { Cause } from './causes.ts';

/** What is to be done, at which step, for which error of whom. */
export function CauseTitle({
  cause: { kind, step, error, partner },
}: {
  readonly cause: Omit<Cause, 'key' | 'tasks'>;
}) {
  const { name } = useWords();
  return (
    <h2 className="cause">
      {name('taskKind', kind)}
      {step !== undefined && <span>{name('step', step)}</span>}
      {partner !== undefined && <span>{name('partner', partner)}</span>}
      {error !== undefined && <code>{error}</code>}
    </h2>
  );
}
