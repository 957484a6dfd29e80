import { useRouterState } from '@tanstack/react-router';
import classes from './Shell.module.css';

/** A bar at the top while the next page is loaded. */
export function PageComing() {
  const coming = useRouterState({ select: (state) => state.isLoading });
  return coming && <div className={classes.coming} aria-hidden />;
}
