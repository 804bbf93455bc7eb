import { Menu, useMantineColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useIsAway } from '../api/availability.ts';
import { ZONES } from '../format/time.ts';
import { useWords } from '../i18n/context.tsx';
import { type Key, LANGUAGES } from '../i18n/text.ts';
import { useWaitingLetters } from '../letters/use-letters.ts';
import { useMay, useOperator, useSession } from '../session/context.tsx';
import { usePreferences } from '../settings/preferences.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { FindBox } from './find-box.tsx';

interface Place {
  readonly path: string;
  readonly title: Key;
  readonly icon: IconName;
  /** What the operator has to be allowed, for the place to be of use. */
  readonly scope: string;
}

const PLACES: readonly Place[] = [
  { path: '/orders', title: 'nav.orders', icon: 'orders', scope: 'orders:read' },
  { path: '/tasks', title: 'nav.tasks', icon: 'tasks', scope: 'orders:read' },
  { path: '/dead-letters', title: 'nav.letters', icon: 'letter', scope: 'orders:read' },
  { path: '/packing', title: 'nav.packing', icon: 'box', scope: 'orders:fulfil' },
  { path: '/stock', title: 'nav.stock', icon: 'stock', scope: 'stock:read' },
  { path: '/health', title: 'nav.health', icon: 'health', scope: 'orders:read' },
  { path: '/configuration', title: 'nav.configuration', icon: 'gear', scope: 'configuration:read' },
];

/** A count in the navigation is no longer than this. */
const MOST_SHOWN = 99;

export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <header className="top">
        <Link href="/" className="brand" aria-label="Waybill">
          <Mark />
          <span>Waybill</span>
        </Link>
        <Stage />
        <FindBox />
        <AppearanceMenu />
        <AccountMenu />
      </header>
      <Places />
      <main id="main" tabIndex={-1}>
        <AwayBanner />
        {children}
      </main>
    </div>
  );
}

function Stage() {
  const { stage } = useSession().config;
  return stage === '' ? null : <span className="stage">{stage}</span>;
}

function Places() {
  const { t } = useWords();
  const may = useMay();
  const [path] = useLocation();
  return (
    <nav className="places" aria-label={t('nav.label')}>
      {PLACES.filter(({ scope }) => may(scope)).map((place) => (
        <Link key={place.path} href={place.path} aria-current={path.startsWith(place.path) ? 'page' : undefined}>
          <Icon name={place.icon} size={18} />
          <span>{t(place.title)}</span>
          {place.path === '/dead-letters' && <WaitingLetters />}
        </Link>
      ))}
    </nav>
  );
}

/** How many dead letters wait; nothing when there are none. */
function WaitingLetters() {
  const { t } = useWords();
  const waiting = useWaitingLetters(useMay()('orders:read'));
  if (waiting === 0) return null;
  return (
    <span className="place-count" role="img" aria-label={t('nav.lettersWaiting', { n: waiting })}>
      {waiting > MOST_SHOWN ? `${MOST_SHOWN}+` : waiting}
    </span>
  );
}

/** Says that the API is away, and when it is back. */
function AwayBanner() {
  const { t } = useWords();
  const away = useIsAway();
  const [wasAway, setWasAway] = useState(false);
  useEffect(() => {
    if (away) setWasAway(true);
    if (away || !wasAway) return undefined;
    const timer = setTimeout(() => setWasAway(false), 4_000);
    return () => clearTimeout(timer);
  }, [away, wasAway]);
  return (
    <div role="status" className={away ? 'banner banner-away' : wasAway ? 'banner banner-back' : undefined}>
      {away ? t('away.now') : wasAway ? t('away.over') : ''}
    </div>
  );
}

function AppearanceMenu() {
  const { t } = useWords();
  const { language, setLanguage, zoneChoice, setZoneChoice } = usePreferences();
  // Mantine stops transitions by a style tag, which our policy of content refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="top-button" aria-label={t('appearance.label')}>
          <Icon name="gear" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('appearance.language')}</Menu.Label>
        {LANGUAGES.map((one) => (
          <Choice key={one} chosen={one === language} onChoose={() => setLanguage(one)} label={t(`language.${one}`)} />
        ))}
        <Menu.Label>{t('appearance.zone')}</Menu.Label>
        {ZONES.map((one) => (
          <Choice key={one} chosen={one === zoneChoice} onChoose={() => setZoneChoice(one)} label={t(`zone.${one}`)} />
        ))}
        <Menu.Label>{t('appearance.scheme')}</Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((one) => (
          <Choice
            key={one}
            chosen={one === colorScheme}
            onChoose={() => setColorScheme(one)}
            label={t(`scheme.${one}`)}
          />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly label: string;
}

const Choice = ({ chosen, onChoose, label }: ChoiceProps) => (
  <Menu.RadioItem value={label} checked={chosen} onChange={onChoose} checkIcon={<Icon name="check" />} closeMenuOnClick>
    {label}
  </Menu.RadioItem>
);

function AccountMenu() {
  const { t } = useWords();
  const { signIn } = useSession();
  const operator = useOperator();
  if (!operator) return null;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <button type="button" className="top-button account" aria-label={t('account.label', { name: operator.name })}>
          <Icon name="person" />
          <span>{operator.name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('account.scopes')}</Menu.Label>
        <div className="scopes">
          {[...operator.scopes].sort().map((scope) => (
            <code key={scope}>{scope}</code>
          ))}
          {operator.scopes.size === 0 && <span className="quiet">{t('account.noScopes')}</span>}
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => void signIn.end()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
