import type { Partner } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import type { IconName } from '../ui/icon.tsx';
import { Badge, type Tone } from '../ui/status.tsx';
import { When } from '../ui/time.tsx';

const CIRCUITS: Readonly<Record<Partner['circuit']['state'], readonly [Tone, IconName]>> = {
  closed: ['good', 'check'],
  'half-open': ['waiting', 'wait'],
  open: ['failed', 'cross'],
};

/** Whether each partner takes calls, what came of them, and how many orders wait for it. */
export function PartnersTable({ partners }: { readonly partners: readonly Partner[] }) {
  const { t, name } = useWords();
  return (
    <table className="rows still">
      <thead>
        <tr>
          <th scope="col">{t('health.partner')}</th>
          <th scope="col">{t('health.circuit')}</th>
          <th scope="col" className="number">
            {t('health.waiting')}
          </th>
          <th scope="col" className="wide">
            {t('health.calls')}
          </th>
          <th scope="col" className="number wide">
            {t('health.instances')}
          </th>
        </tr>
      </thead>
      <tbody>
        {partners.map(({ name: of, circuit: { state, since, openUntil, calls }, waitingOrders, instances }) => (
          <tr key={of}>
            <th scope="row">{name('partner', of)}</th>
            <td>
              <Badge tone={CIRCUITS[state][0]} icon={CIRCUITS[state][1]}>
                {name('circuit', state)}
              </Badge>{' '}
              <span className="quiet">
                {openUntil === undefined ? (
                  since !== undefined && <When iso={since} />
                ) : (
                  <>
                    {t('health.triedAgain')} <When iso={openUntil} exact />
                  </>
                )}
              </span>
            </td>
            <td className="number">{waitingOrders}</td>
            <td className="wide">
              {t('health.ofCalls', { succeeded: calls.succeeded, failed: calls.failed, rejected: calls.rejected })}
            </td>
            <td className="number wide">
              {instances.length === 0
                ? '–'
                : `${instances.filter(({ status }) => status === 'up').length} / ${instances.length}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
