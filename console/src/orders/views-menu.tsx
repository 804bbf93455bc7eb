import { Button, Menu, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { download } from '../format/download.ts';
import { useWords } from '../i18n/context.tsx';
import { useOperator } from '../session/context.tsx';
import { Icon } from '../ui/icon.tsx';
import { type SavedView, savedViews, storeViews, withView } from './saved-views.ts';

/** Opens what the operator has saved, and saves what is shown. */
export function ViewsMenu() {
  const { t } = useWords();
  const operatorId = useOperator()?.id ?? '';
  const query = useSearch();
  const [, navigate] = useLocation();
  const [views, setViews] = useState(() => savedViews(localStorage, operatorId));
  const [name, setName] = useState<string>();
  const keep = (changed: readonly SavedView[]) => {
    storeViews(localStorage, operatorId, changed);
    setViews(changed);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const given = name?.trim() ?? '';
    if (given !== '') keep(withView(views, { name: given, query }));
    setName(undefined);
  };
  if (name !== undefined) {
    return (
      <form className="row" onSubmit={save}>
        <TextInput
          size="xs"
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          value={name}
          maxLength={60}
          data-autofocus
          autoFocus
          onChange={({ target }) => setName(target.value)}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setName(undefined);
          }}
        />
        <Button type="submit" size="xs">
          {t('views.keep')}
        </Button>
      </form>
    );
  }
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<Icon name="flag" />}>
          {t('views.label')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.length === 0 && <Menu.Label>{t('views.none')}</Menu.Label>}
        {views.map((view) => (
          <Menu.Item key={view.name} onClick={() => navigate(view.query === '' ? '/orders' : `/orders?${view.query}`)}>
            {view.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => setName('')}>{t('views.save')}</Menu.Item>
        {views.map((view) => (
          <Menu.Item key={view.name} color="red" onClick={() => keep(views.filter((one) => one !== view))}>
            {t('views.remove', { name: view.name })}
          </Menu.Item>
        ))}
        {views.length > 0 && (
          <Menu.Item onClick={() => download('views.json', 'application/json', JSON.stringify(views, undefined, 2))}>
            {t('views.export')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
