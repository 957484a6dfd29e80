/** A page that is looked at in both themes, both languages and on a phone. */
export interface ShownPage {
  /** The name of its screenshots. */
  name: string;
  /** Its address under /admin. */
  path: string;
  /** What is pressed first, for a window of the page that has no address. */
  press?: string;
  /** A selector of something that is there only when the page has its data. */
  ready: string;
}

/** Every page, as the world of `look.spec.ts` fills it. Add yours. */
export const PAGES: readonly ShownPage[] = [
  { name: 'inbox', path: '/inbox', ready: 'a[href*="contact="]' },
  { name: 'chat', path: '/inbox?contact=1', ready: 'article[data-direction="in"]' },
  { name: 'campaigns', path: '/campaigns', ready: 'main article' },
  { name: 'campaign-results', path: '/campaigns/1?part=results', ready: 'main ul' },
  { name: 'campaign-people', path: '/campaigns/1?part=people', ready: 'main a[href*="contact="]' },
  { name: 'campaign-drafts', path: '/campaigns/2?part=drafts', ready: 'main article' },
  { name: 'wizard-people', path: '/campaigns/new?copy=1&step=people', ready: 'main input' },
  { name: 'wizard-message', path: '/campaigns/new?copy=1&step=message', ready: 'main [role="radiogroup"]' },
  { name: 'wizard-pace', path: '/campaigns/new?copy=1&step=pace', ready: 'main input' },
  { name: 'wizard-start', path: '/campaigns/new?copy=1&step=start', ready: 'main input' },
  { name: 'wizard', path: '/campaigns/new', ready: 'main [role="radio"], main input[type="radio"]' },
  { name: 'contacts', path: '/contacts', ready: 'main a[href*="/contacts/"]' },
  { name: 'contact', path: '/contacts/1', ready: 'main dl' },
  { name: 'contact-new', path: '/contacts?create=true', ready: '[role="dialog"] form' },
  { name: 'contacts-filter', path: '/contacts?stage=contacted&quiet_days=7', ready: 'main h1' },
  { name: 'import', path: '/import', ready: 'main h1' },
  { name: 'import-report', path: '/import?id=1', ready: 'main dl' },
  { name: 'groups', path: '/groups', ready: 'main a[href*="/groups/"]' },
  { name: 'group', path: '/groups/1', ready: 'main table, main li' },
  { name: 'analytics', path: '/analytics', ready: 'main .recharts-surface' },
  { name: 'analytics-hours', path: '/analytics?days=90&by=hour', ready: 'main .recharts-bar' },
  { name: 'analytics-dates', path: '/analytics?from=2026-01-01&to=2026-01-31', ready: 'main h2' },
  // A table, on a phone a list.
  { name: 'knowledge', path: '/knowledge', ready: 'main table, main ul button' },
  { name: 'knowledge-objections', path: '/knowledge?part=objections', ready: 'main li' },
  { name: 'knowledge-blocks', path: '/knowledge?part=blocks&kind=bridges', ready: 'main li' },
  {
    name: 'knowledge-program-form',
    path: '/knowledge',
    press: 'main .mantine-Button-root >> nth=0',
    ready: '[role="dialog"] form',
  },
  {
    name: 'knowledge-fact-form',
    path: '/knowledge',
    press: 'main td button >> nth=0',
    ready: '[role="dialog"] form',
  },
  {
    name: 'knowledge-product-form',
    path: '/knowledge',
    press: 'main .mantine-Paper-root >> nth=1 >> .mantine-Button-root >> nth=1',
    ready: '[role="dialog"] form',
  },
  {
    name: 'knowledge-block-form',
    path: '/knowledge?part=blocks&kind=bridges',
    press: 'main li button >> nth=0',
    ready: '[role="dialog"] form',
  },
  { name: 'knowledge-try', path: '/knowledge?part=try', ready: 'main form' },
  { name: 'knowledge-file', path: '/knowledge?part=file', ready: 'main h2' },
  { name: 'knowledge-versions', path: '/knowledge?part=versions', ready: 'main button[aria-expanded]' },
  { name: 'dashboard', path: '/dashboard', ready: '[data-tile]' },
  { name: 'clients', path: '/clients', ready: 'main a[href*="/clients/"]' },
  { name: 'client', path: '/clients/1', ready: 'main dl' },
  { name: 'client-new', path: '/clients?create=true', ready: '[role="dialog"] form' },
  { name: 'subscriptions', path: '/clients/subscriptions', ready: 'main a[href*="/clients/"]' },
  {
    name: 'subscriptions-ending',
    path: '/clients/subscriptions?show=ending',
    ready: 'main [role="combobox"], main input',
  },
  { name: 'schedule', path: '/schedule', ready: 'main h2' },
  { name: 'schedule-staff', path: '/schedule?view=day', ready: 'main h2' },
  { name: 'schedule-place', path: '/schedule?view=day&by=place', ready: 'main h2' },
  { name: 'schedule-session', path: '/schedule?session=1', ready: '[role="dialog"] li' },
  { name: 'payments', path: '/payments', ready: 'main [data-day]' },
  { name: 'payment-new', path: '/payments?take=true', ready: '[role="dialog"] form' },
  { name: 'catalogue', path: '/catalogue', ready: 'main [role="tabpanel"] button' },
  { name: 'catalogue-staff', path: '/catalogue?part=staff', ready: 'main [role="tabpanel"] button' },
  { name: 'catalogue-places', path: '/catalogue?part=places', ready: 'main [role="tabpanel"] button' },
  { name: 'catalogue-directions', path: '/catalogue?part=directions', ready: 'main td' },
  { name: 'assistant', path: '/assistant', ready: 'article[data-role="assistant"]' },
  { name: 'settings', path: '/settings', ready: 'main h2' },
  { name: 'settings-ai', path: '/settings?part=ai', ready: 'main h2' },
  { name: 'settings-policy', path: '/settings?part=policy', ready: 'main form' },
  { name: 'settings-tokens', path: '/settings?part=tokens', ready: 'main h2' },
  { name: 'settings-audit', path: '/settings?part=audit', ready: 'main table, main li' },
  { name: 'settings-about', path: '/settings?part=about', ready: 'main dl' },
];
