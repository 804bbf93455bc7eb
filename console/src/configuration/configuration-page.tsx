import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/context.tsx';
import { EVERY } from '../api/queries.ts';
import type { ConfigurationHistory, ConfigurationVersion } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { LookNote } from '../ui/look.tsx';
import { Empty, Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { originOf, settingsOf, shownValue } from './settings.ts';

const CHANGES = 50;

function useConfiguration<Answer>(path: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['configuration', path],
    queryFn: ({ signal }) => api.get<Answer>(path, signal),
    refetchInterval: EVERY.health,
  });
}

/** Which settings are in force and who has set them, and what each change made different. */
export default function ConfigurationPage() {
  const { t } = useWords();
  const now = useConfiguration<ConfigurationVersion>('/configuration');
  const history = useConfiguration<ConfigurationHistory>(`/configuration/history?limit=${CHANGES}`);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.configuration')}</h1>
        {now.data && <span className="quiet">{t('configuration.version', { n: now.data.version })}</span>}
      </div>
      <div className="order-columns">
        <div className="order-story">
          <Panel title={t('configuration.inForce')}>
            <LookNote at={now} rows={8} />
            {now.data && <Settings of={now.data} />}
          </Panel>
        </div>
        <aside className="order-facts">
          <Panel title={t('configuration.history')}>
            <LookNote at={history} />
            {history.data && <Changes of={history.data} />}
          </Panel>
        </aside>
      </div>
    </div>
  );
}

function Settings({ of: { configuration, settings, overrides } }: { readonly of: ConfigurationVersion }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const pathsOf = (document: unknown) => new Set(settingsOf(document).map(({ path }) => path));
  const [set, overridden] = [pathsOf(settings), pathsOf(overrides)];
  const rows = settingsOf(configuration)
    .map((one) => ({ ...one, origin: originOf(one.path, overridden, set) }))
    .filter(({ path, origin }) => `${path} ${t(`origin.${origin}`)}`.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      <div className="setting-filter">
        <TextInput
          label={t('configuration.filter')}
          value={text}
          spellCheck={false}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <table className="rows still settings">
        <thead>
          <tr>
            <th scope="col">{t('configuration.setting')}</th>
            <th scope="col">{t('configuration.value')}</th>
            <th scope="col">{t('configuration.setBy')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, value, origin }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>
                <code>{value}</code>
              </td>
              <td className={origin === 'default' ? 'quiet' : undefined}>{t(`origin.${origin}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Changes({ of: { items } }: { readonly of: ConfigurationHistory }) {
  const { t } = useWords();
  if (items.length === 0) return <Empty title={t('configuration.noChange')} />;
  return (
    <ol className="task-history">
      {items.map(({ version, author, reason, changedAt, differences, faults }) => (
        <li key={version}>
          <strong>{t('configuration.version', { n: version })}</strong>{' '}
          <span className="quiet">
            {author} · <When iso={changedAt} exact />
          </span>
          <ul className="differences">
            {differences.map(({ path, from, to }) => (
              <li key={path}>
                <code>{path}</code> <del>{shownValue(from)}</del> → <ins>{shownValue(to)}</ins>
              </li>
            ))}
          </ul>
          {faults !== undefined && faults.length > 0 && <p className="notice">{t('configuration.wrong')}</p>}
          {reason !== undefined && <blockquote>{reason}</blockquote>}
        </li>
      ))}
    </ol>
  );
}
