import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from '@/shared/api/client';
import { whenUnauthorised } from '@/shared/api/session';
import { tellProblem } from '@/shared/ui/notify';
import { createAppRouter } from './router';
import { theme, variables } from './theme';

const schemes = localStorageColorSchemeManager();

function start() {
  const queryClient = createQueryClient(tellProblem);
  const router = createAppRouter(queryClient);
  whenUnauthorised(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/login') return;
    queryClient.removeQueries({ predicate: (query) => query.queryKey[1] === '/api/auth/me' });
    void router.navigate({ to: '/login', search: { back: href } });
  });
  return { queryClient, router };
}

/** Everything that surrounds the pages. */
export function App() {
  const [{ queryClient, router }] = useState(start);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-center" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
