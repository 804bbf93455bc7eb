import { Textarea } from '@mantine/core';
import { useWords } from '../i18n/context.tsx';

/** As much as the API takes. */
const MOST_CHARACTERS = 500;

interface CommentFieldProps {
  readonly label: string;
  readonly isRequired?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A text of the operator that stays with the order. */
export function CommentField({ label, isRequired = false, value, onChange }: CommentFieldProps) {
  const { t } = useWords();
  return (
    <Textarea
      label={label}
      description={t('command.reasonHint')}
      required={isRequired}
      maxLength={MOST_CHARACTERS}
      autosize
      minRows={2}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
