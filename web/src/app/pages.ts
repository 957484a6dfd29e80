import {
  IconBook2,
  IconCalendarEvent,
  IconCash,
  IconChartHistogram,
  IconFileImport,
  IconLayoutDashboard,
  IconMessages,
  IconSend,
  IconSettings,
  IconSparkles,
  IconUserHeart,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';

/** A page of the menu. Only pages that exist are listed. */
export interface MenuPage {
  to: NonNullable<LinkProps['to']>;
  /** Its name in the catalogue under `page`. */
  name:
    | 'inbox'
    | 'campaigns'
    | 'contacts'
    | 'import'
    | 'groups'
    | 'analytics'
    | 'knowledge'
    | 'dashboard'
    | 'clients'
    | 'schedule'
    | 'payments'
    | 'assistant'
    | 'settings';
  icon: typeof IconMessages;
  /** The letter after `g` that leads there. */
  letter: string;
  /** Whether a phone shows it in the bar below (four fit), not under "More". */
  onPhone: boolean;
}

export const PAGES: readonly MenuPage[] = [
  { to: '/inbox', name: 'inbox', icon: IconMessages, letter: 'i', onPhone: true },
  { to: '/campaigns', name: 'campaigns', icon: IconSend, letter: 'c', onPhone: true },
  { to: '/contacts', name: 'contacts', icon: IconUsers, letter: 'p', onPhone: true },
  { to: '/import', name: 'import', icon: IconFileImport, letter: 'u', onPhone: false },
  { to: '/groups', name: 'groups', icon: IconUsersGroup, letter: 'r', onPhone: false },
  { to: '/analytics', name: 'analytics', icon: IconChartHistogram, letter: 'a', onPhone: false },
  { to: '/knowledge', name: 'knowledge', icon: IconBook2, letter: 'k', onPhone: false },
  { to: '/dashboard', name: 'dashboard', icon: IconLayoutDashboard, letter: 'd', onPhone: false },
  { to: '/clients', name: 'clients', icon: IconUserHeart, letter: 'l', onPhone: false },
  { to: '/schedule', name: 'schedule', icon: IconCalendarEvent, letter: 't', onPhone: true },
  { to: '/payments', name: 'payments', icon: IconCash, letter: 'm', onPhone: false },
  { to: '/assistant', name: 'assistant', icon: IconSparkles, letter: 'q', onPhone: false },
  { to: '/settings', name: 'settings', icon: IconSettings, letter: 's', onPhone: false },
];
