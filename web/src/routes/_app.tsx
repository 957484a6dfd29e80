import { createFileRoute, redirect } from '@tanstack/react-router';
import { Shell } from '@/app/shell/Shell';
import { api } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { setCsrf } from '@/shared/api/session';
import { setZone } from '@/shared/format';

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
    // Times are shown by the business's clock from the first page on; without an answer, by the browser's.
    const about = await context.queryClient
      .ensureQueryData(api.queryOptions('get', '/api/system'))
      .catch(() => null);
    if (about) setZone(about.time_zone);
  },
  component: Shell,
});
