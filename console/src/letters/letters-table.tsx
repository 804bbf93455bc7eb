import { Link, useLocation } from 'wouter';
import type { LetterSummary } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { shortId } from '../ui/copyable.tsx';
import { When } from '../ui/time.tsx';
import { LetterBadge } from './letter-badge.tsx';

export const wayToLetter = (letterId: string): string => `/dead-letters/${encodeURIComponent(letterId)}`;

export function LettersTable({ letters }: { readonly letters: readonly LetterSummary[] }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  return (
    <table className="rows letters">
      <thead>
        <tr>
          <th scope="col">{t('order.status')}</th>
          <th scope="col">{t('letters.letter')}</th>
          <th scope="col">{t('order.id')}</th>
          <th scope="col">{t('letters.filed')}</th>
          <th scope="col" className="wide">
            {t('letters.resends')}
          </th>
        </tr>
      </thead>
      <tbody>
        {letters.map(({ letterId, state, orderId, filedAt, resends }) => (
          <tr
            key={letterId}
            onClick={({ target }) => {
              if (!(target as HTMLElement).closest('a, button')) navigate(wayToLetter(letterId));
            }}
          >
            <td>
              <LetterBadge state={state} />
            </td>
            <td>
              <Link href={wayToLetter(letterId)} className="row-link" title={letterId}>
                <code>{shortId(letterId)}</code>
              </Link>
            </td>
            <td>
              {orderId === undefined ? (
                <span className="quiet">–</span>
              ) : (
                <Link href={`/orders/${orderId}`} title={orderId}>
                  <code>{shortId(orderId)}</code>
                </Link>
              )}
            </td>
            <td>
              <When iso={filedAt} />
            </td>
            <td className="wide">{resends}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
