import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { LoginPage } from '@/features/login/LoginPage';

export const Route = createFileRoute('/login')({
  validateSearch: v.object({ back: v.optional(v.string()) }),
  component: Login,
});

function Login() {
  return <LoginPage back={Route.useSearch().back} />;
}
