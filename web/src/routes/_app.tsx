import { createFileRoute, redirect } from '@tanstack/react-router';
import { Shell } from '@/app/shell/Shell';
import { api } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { setCsrf } from '@/shared/api/session';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(api.queryOptions('get', '/api/auth/me'));
      setCsrf(me.csrf_token ?? null);
    } catch (error) {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/login', search: { back: location.href } });
      throw error;
    }
  },
  component: Shell,
});
