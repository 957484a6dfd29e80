import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

type Html<P> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P>;

/** A link in a text that leads to one of our pages. */
export const TextLink = createLink((props: AnchorProps & Html<AnchorProps>) => <Anchor {...props} />);

/** A button that leads to one of our pages. */
export const ButtonLink = createLink((props: ButtonProps & Html<ButtonProps>) => (
  <Button component="a" {...props} />
));
