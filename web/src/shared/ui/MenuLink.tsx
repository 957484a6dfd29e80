import { Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof MenuItemProps>;

/** A line of a menu that leads to one of our pages. Apart from the other links: the frame needs those, and no menu. */
export const MenuLink = createLink((props: MenuItemProps & Html) => <Menu.Item component="a" {...props} />);
