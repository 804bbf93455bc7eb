import { Button } from '@mantine/core';
import { useWords } from '../i18n/context.tsx';
import { useSession } from '../session/context.tsx';
import { Mark } from '../ui/mark.tsx';

interface SignInPageProps {
  /** Where the reader wants to go. */
  readonly to: string;
  readonly error?: Error;
}

export function SignInPage({ to, error }: SignInPageProps) {
  const { t, language } = useWords();
  const { signIn, config } = useSession();
  return (
    <main className="welcome">
      <div className="welcome-card">
        <Mark size={44} />
        <h1>Waybill</h1>
        <p>{t('welcome.what')}</p>
        {error && (
          <p className="notice" role="alert">
            {t('welcome.failed')} <code>{error.message}</code>
          </p>
        )}
        <Button size="md" fullWidth autoFocus onClick={() => void signIn.begin(to, language)}>
          {t('welcome.signIn')}
        </Button>
        <p className="quiet">{t('welcome.at', { issuer: new URL(config.issuer).host })}</p>
      </div>
    </main>
  );
}
