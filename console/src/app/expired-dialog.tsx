import { Button, Modal } from '@mantine/core';
import { useWords } from '../i18n/context.tsx';
import { useSession } from '../session/context.tsx';

/** Lies over the page when the sign-in is over and could not be renewed: what is shown stays, and the way leads back to it. */
export function ExpiredDialog() {
  const { t, language } = useWords();
  const { signIn } = useSession();
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      title={t('problem.signIn.title')}
      lockScroll={false}
      centered
    >
      <div className="dialog-form">
        <p>{t('expired.what')}</p>
        <Button data-autofocus onClick={() => void signIn.begin(location.pathname + location.search, language)}>
          {t('welcome.signIn')}
        </Button>
      </div>
    </Modal>
  );
}
