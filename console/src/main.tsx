import './style/index.css';
import { createTheme, MantineProvider, Menu, Modal } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiClient } from './api/client.ts';
import { loadConfig } from './api/config.ts';
import { ApiProvider } from './api/context.tsx';
import { queryClient } from './api/queries.ts';
import { App } from './app/app.tsx';
import { SessionProvider } from './session/context.tsx';
import { SignIn } from './session/sign-in.ts';
import { PreferencesProvider } from './settings/preferences.tsx';

const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A dialog's head is no second banner of the page.
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    // A menu stays in the landmark of its button, and has nothing in it but its items.
    Menu: Menu.extend({ defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } }),
  },
});

await begin(document.querySelector('#console') as HTMLElement).catch((error: unknown) => {
  // Before there are words for the reader: the text says what to do, in the language of logs.
  document.body.append(Object.assign(document.createElement('pre'), { textContent: String(error) }));
});

async function begin(place: HTMLElement): Promise<void> {
  const config = await loadConfig();
  const signIn = new SignIn(config);
  const start = await signIn.start();
  if (start.kind !== 'failed') history.replaceState(undefined, '', start.to);
  createRoot(place).render(
    <StrictMode>
      {/* Its variables stand in our styles: a style tag of its own would need `unsafe-inline`. */}
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <PreferencesProvider shopZone={config.zone}>
          <SessionProvider value={{ signIn, config }}>
            <ApiProvider value={new ApiClient(config.apiBase, signIn)}>
              <QueryClientProvider client={queryClient}>
                <App start={start} />
              </QueryClientProvider>
            </ApiProvider>
          </SessionProvider>
        </PreferencesProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
