import { lazy, Suspense } from 'react';
import classes from '../assistant.module.css';

const Markdown = lazy(() => import('react-markdown'));

/** Pictures would be fetched from elsewhere. */
const FORBIDDEN = ['img'];

/** A text of the assistant, with its markdown. */
export function Words({ children }: { children: string }) {
  return (
    <div className={classes.words}>
      <Suspense fallback={<p>{children}</p>}>
        <Markdown disallowedElements={FORBIDDEN}>{children}</Markdown>
      </Suspense>
    </div>
  );
}
