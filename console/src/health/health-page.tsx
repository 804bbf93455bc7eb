import type { Alarm, DependencyHealth, Metrics } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { LookNote } from '../ui/look.tsx';
import { Panel } from '../ui/panel.tsx';
import { Badge, type Tone } from '../ui/status.tsx';
import { When } from '../ui/time.tsx';
import { PartnersTable } from './partners-table.tsx';
import { useAlarms, useDependencies, usePartners, useProjections } from './use-health.ts';

/** What has gone off, whom the platform can call, and what is behind. */
export default function HealthPage() {
  const { t } = useWords();
  const alarms = useAlarms();
  const partners = usePartners();
  const dependencies = useDependencies();
  const projections = useProjections();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.health')}</h1>
      </div>
      <div className="causes">
        <Panel title={t('health.alarms')}>
          <LookNote at={alarms} rows={3} />
          {alarms.data && <AlarmList alarms={alarms.data.alarms} />}
        </Panel>
        {partners.isEnabled && (
          <Panel title={t('health.partners')}>
            <LookNote at={partners} rows={3} />
            {partners.data && <PartnersTable partners={partners.data.partners} />}
          </Panel>
        )}
        <Panel title={t('health.projections')}>
          <LookNote at={projections} rows={3} />
          {projections.data && <Projections metrics={projections.data} />}
        </Panel>
        <Panel title={t('health.dependencies')}>
          <LookNote at={dependencies} rows={3} />
          {dependencies.data && <Dependencies health={dependencies.data} />}
        </Panel>
      </div>
    </div>
  );
}

/** Those that have gone off, and how many are quiet. */
function AlarmList({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const { t } = useWords();
  const loud = alarms.filter(({ state }) => state === 'alarm');
  const rest = alarms.filter(({ state }) => state !== 'alarm');
  return (
    <>
      {loud.length === 0 && (
        <p className="health-line">
          <Badge tone="good" icon="check">
            {t('health.quiet')}
          </Badge>
        </p>
      )}
      <ul className="alarms">
        {loud.map((alarm) => (
          <AlarmItem key={alarm.name} alarm={alarm} />
        ))}
      </ul>
      <details className="health-more">
        <summary>{t('health.rest', { n: rest.length })}</summary>
        <ul className="alarms">
          {rest.map((alarm) => (
            <AlarmItem key={alarm.name} alarm={alarm} />
          ))}
        </ul>
      </details>
    </>
  );
}

const ALARM_TONES: Readonly<Record<Alarm['state'], Tone>> = { alarm: 'failed', ok: 'good', unknown: 'neutral' };

function AlarmItem({
  alarm: { name: of, state, severity, description, runbook, reason, since },
}: {
  readonly alarm: Alarm;
}) {
  const { t, name } = useWords();
  return (
    <li>
      <p className="alarm-head">
        <Badge tone={ALARM_TONES[state]} icon={state === 'alarm' ? 'flag' : state === 'ok' ? 'check' : 'dot'}>
          {name('alarmState', state)}
        </Badge>
        <strong>{of}</strong>
        <span className="quiet">
          {name('severity', severity)}
          {since !== undefined && (
            <>
              {' · '}
              <When iso={since} />
            </>
          )}
        </span>
      </p>
      <p>{description}</p>
      <p className="quiet">
        {t('tasks.runbook')} <code>{runbook}</code>
        {state === 'alarm' && <> · {reason}</>}
      </p>
    </li>
  );
}

function Projections({ metrics: { projections } }: { readonly metrics: Metrics }) {
  const { t, name } = useWords();
  return (
    <table className="rows still">
      <thead>
        <tr>
          <th scope="col">{t('health.projection')}</th>
          <th scope="col" className="number">
            {t('health.lag')}
          </th>
          <th scope="col">{t('health.projected')}</th>
          <th scope="col" className="wide">
            {t('health.rebuild')}
          </th>
        </tr>
      </thead>
      <tbody>
        {projections.map(({ name: of, lagMs, projectedAt, rebuild }) => (
          <tr key={of}>
            <th scope="row">{of}</th>
            <td className="number">
              {lagMs === undefined ? '–' : t('health.seconds', { s: (lagMs / 1_000).toFixed(1) })}
            </td>
            <td>{projectedAt === undefined ? <span className="quiet">–</span> : <When iso={projectedAt} />}</td>
            <td className="wide">
              {rebuild === undefined ? <span className="quiet">–</span> : name('rebuild', rebuild.status)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Dependencies({ health: { dependencies } }: { readonly health: DependencyHealth }) {
  const { t } = useWords();
  return (
    <table className="rows still">
      <thead>
        <tr>
          <th scope="col">{t('health.dependency')}</th>
          <th scope="col">{t('order.status')}</th>
          <th scope="col" className="number">
            {t('health.latency')}
          </th>
        </tr>
      </thead>
      <tbody>
        {dependencies.map(({ name, status, latencyMs, detail }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Badge tone={status === 'ok' ? 'good' : 'failed'} icon={status === 'ok' ? 'check' : 'cross'}>
                {t(`dependency.${status}`)}
              </Badge>{' '}
              {detail !== undefined && <span className="quiet">{detail}</span>}
            </td>
            <td className="number">{t('health.ms', { n: latencyMs })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
