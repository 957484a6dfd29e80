import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconLanguage, IconMoon, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '@/shared/api/client';
import { language, switchLanguage, useText as useShared } from '@/shared/i18n';
import { PAGES } from '../pages';
import { useText } from '../texts';
import '@mantine/spotlight/styles.layer.css';

/** People shown for a name that is typed. */
const MAX_PEOPLE = 6;
const TYPING_MS = 200;

const [store] = createSpotlight();

/** Goes anywhere and does anything from the keyboard: pages, actions, people by name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [query, setQuery] = useState('');
  const pages = useFiltered(usePageActions(), query);
  const actions = useFiltered(useActions(), query);
  const people = usePeople(query);
  const groups = [
    { label: t('palette.pages'), items: pages },
    { label: t('palette.actions'), items: actions },
    { label: t('palette.people'), items: people },
  ].filter((group) => group.items.length > 0);
  const found = groups.flatMap((group) => group.items.map((item) => item.id)).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found has changed.
  useEffect(selectFirst, [found]);
  return (
    <Spotlight.Root
      store={store}
      forceOpened
      onSpotlightClose={onClose}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={420}
      shortcut={null}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.title')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.items.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.label}
                description={item.description}
                leftSection={<item.icon size={20} stroke={1.6} aria-hidden />}
                onClick={() => {
                  onClose();
                  item.run();
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Enter goes to the first that is found, also when it was found after the typing: then nothing is chosen yet. */
function selectFirst() {
  const list = document.getElementById(store.getState().listId);
  const first = list?.querySelector('[data-action]');
  if (!first || list?.querySelector('[data-selected]')) return;
  first.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

interface Item {
  id: string;
  label: string;
  description?: string;
  icon: typeof IconSearch;
  run: () => void;
}

function useFiltered(items: Item[], query: string): Item[] {
  const wanted = query.trim().toLocaleLowerCase();
  return items.filter((item) => item.label.toLocaleLowerCase().includes(wanted));
}

function usePageActions(): Item[] {
  const t = useText();
  const navigate = useNavigate();
  return PAGES.map((page) => ({
    id: page.name,
    label: t(`page.${page.name}`),
    icon: page.icon,
    run: () => void navigate({ to: page.to }),
  }));
}

function useActions(): Item[] {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  const english = language() === 'en';
  return [
    {
      id: 'theme',
      label: dark ? t('palette.to_light') : t('palette.to_dark'),
      icon: IconMoon,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      label: english ? t('palette.to_russian') : t('palette.to_english'),
      icon: IconLanguage,
      run: () => void switchLanguage(english ? 'ru' : 'en'),
    },
  ];
}

function usePeople(query: string): Item[] {
  const shared = useShared();
  const navigate = useNavigate();
  const [search] = useDebouncedValue(query.trim(), TYPING_MS);
  const people = api.useQuery(
    'get',
    '/api/contacts',
    { params: { query: { search, limit: MAX_PEOPLE } } },
    { enabled: search.length >= 2 },
  );
  if (search.length < 2) return [];
  return (people.data?.items ?? []).map((contact) => ({
    id: `contact-${contact.id}`,
    label: contact.name || shared('state.unknown_name'),
    description: [contact.profession, contact.username && `@${contact.username}`].filter(Boolean).join(' · '),
    icon: IconUser,
    run: () => void navigate({ to: '/inbox', search: { contact: contact.id } }),
  }));
}
