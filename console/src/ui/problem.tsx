import { Button } from '@mantine/core';
import { type Advice, ApiProblem, adviceOf } from '../api/problem.ts';
import { useWords } from '../i18n/context.tsx';
import type { Key } from '../i18n/text.ts';
import { Copyable } from './copyable.tsx';
import { Icon } from './icon.tsx';

const TITLES: Readonly<Record<Advice, Key>> = {
  signIn: 'problem.signIn.title',
  scope: 'problem.scope.title',
  gone: 'problem.gone.title',
  reload: 'problem.reload.title',
  state: 'problem.state.title',
  input: 'problem.input.title',
  slow: 'problem.slow.title',
  away: 'problem.away.title',
  report: 'problem.report.title',
};
const ADVICE: Readonly<Record<Advice, Key>> = {
  signIn: 'problem.signIn.do',
  scope: 'problem.scope.do',
  gone: 'problem.gone.do',
  reload: 'problem.reload.do',
  state: 'problem.state.do',
  input: 'problem.input.do',
  slow: 'problem.slow.do',
  away: 'problem.away.do',
  report: 'problem.report.do',
};

/** What happened, what was expected, what to do; and the correlation id, by which the logs tell more. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useWords();
  const advice = adviceOf(error);
  const problem = error instanceof ApiProblem ? error : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <section className="problem" role="alert">
      <span className="problem-sign">
        <Icon name="hand" size={18} />
      </span>
      <div>
        <h3>{t(TITLES[advice])}</h3>
        {detail !== '' && <p>{detail}</p>}
        {problem && problem.faults.length > 0 && (
          <ul>
            {problem.faults.map((fault) => (
              <li key={`${fault.pointer ?? fault.parameter}${fault.detail}`}>
                <code>{fault.pointer ?? fault.parameter}</code> {fault.detail}
              </li>
            ))}
          </ul>
        )}
        <p className="quiet">{t(ADVICE[advice])}</p>
        <div className="row">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('problem.retry')}
            </Button>
          )}
          {problem && <code className="quiet">{`${problem.status} ${problem.kind}`}</code>}
          {problem?.correlationId !== undefined && (
            <Copyable text={problem.correlationId} what={t('problem.correlation')} />
          )}
        </div>
      </div>
    </section>
  );
}
