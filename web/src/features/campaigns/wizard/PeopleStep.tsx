import { Button, Group, Pill, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { api, type Schemas } from '@/shared/api/client';
import { count, day } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { ButtonLink } from '@/shared/ui/links';
import { Loaded } from '@/shared/ui/states';
import { CONSENTS, SOURCES, STAGES } from '../search';
import { useText } from '../texts';
import type { Plan } from './plan';
import { useAudience } from './useAudience';
import type { PlanState } from './usePlan';

/** Whom the campaign writes to, and how many of those may be written to. */
export function PeopleStep({ state }: { state: PlanState }) {
  const t = useText();
  const picked = state.plan.contactIds.length > 0;
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {picked ? t('people.about_picked') : t('people.about')}
      </Text>
      {picked ? <Picked state={state} /> : <Filter state={state} />}
      <Audience plan={state.plan} />
    </Stack>
  );
}

/** Those whom the person picked in Contacts; another choice is made by a filter. */
function Picked({ state }: { state: PlanState }) {
  const t = useText();
  const { contactIds } = state.plan;
  return (
    <Group gap="sm">
      <Text fw={600}>
        {t('people.picked', { count: contactIds.length, shown: count(contactIds.length) })}
      </Text>
      <Button size="xs" variant="default" onClick={() => state.change({ contactIds: [] })}>
        {t('people.by_filter')}
      </Button>
    </Group>
  );
}

function Filter({ state }: { state: PlanState }) {
  const t = useText();
  const shared = useShared();
  const { segment } = state.plan;
  const set = (part: Schemas['Segment']) => state.change({ segment: { ...segment, ...part } });
  const tags = api.useQuery('get', '/api/contacts/tags');
  const groups = api.useQuery('get', '/api/groups', { params: { query: { limit: 200 } } });
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('people.search')}
          placeholder={t('people.search_hint')}
          maxLength={100}
          value={segment.search ?? ''}
          onChange={(event) => set({ search: event.currentTarget.value || null })}
        />
        <Choice
          label={t('people.tag')}
          value={segment.tag}
          onChange={(tag) => set({ tag })}
          data={(tags.data?.items ?? []).map((one) => ({
            value: one.tag,
            label: `${one.tag} (${count(one.count)})`,
          }))}
        />
        <Choice
          label={t('people.consent')}
          value={segment.consent}
          onChange={(value) => set({ consent: CONSENTS.find((one) => one === value) ?? null })}
          data={CONSENTS.map((value) => ({ value, label: shared(`consent.${value}`) }))}
        />
        <Choice
          label={t('people.stage')}
          value={segment.stage}
          onChange={(value) => set({ stage: STAGES.find((one) => one === value) ?? null })}
          data={STAGES.map((value) => ({ value, label: shared(`stage.${value}`) }))}
        />
        <Choice
          label={t('people.source')}
          value={segment.source}
          onChange={(value) => set({ source: SOURCES.find((one) => one === value) ?? null })}
          data={SOURCES.map((value) => ({ value, label: shared(`source.${value}`) }))}
        />
        <Choice
          label={t('people.group')}
          value={segment.group_id ? String(segment.group_id) : null}
          onChange={(value) => set({ group_id: value ? Number(value) : null })}
          data={(groups.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.title }))}
        />
      </SimpleGrid>
      <Besides segment={segment} onRemove={(name) => set({ [name]: null })} />
    </>
  );
}

/** Parts of a filter that came from Contacts and that the inputs above do not show. */
const BESIDES = ['status', 'opted_out', 'not_contacted_since'] as const;
type Beside = (typeof BESIDES)[number];

function Besides({ segment, onRemove }: { segment: Schemas['Segment']; onRemove: (name: Beside) => void }) {
  const t = useText();
  const shared = useShared();
  const wordsOf = (name: Beside) => {
    if (name === 'status') return segment.status && shared(`contact_status.${segment.status}`);
    if (name === 'opted_out')
      return segment.opted_out === true ? t('people.said_stop') : t('people.did_not_say_stop');
    return segment.not_contacted_since && t('people.quiet', { at: day(segment.not_contacted_since) });
  };
  const there = BESIDES.filter((name) => segment[name] !== undefined && segment[name] !== null);
  if (there.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm">{t('people.besides')}</Text>
      {there.map((name) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('people.any'), 'aria-hidden': false, tabIndex: 0 }}
          onRemove={() => onRemove(name)}
        >
          {wordsOf(name)}
        </Pill>
      ))}
    </Group>
  );
}

interface ChoiceProps {
  label: string;
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  data: { value: string; label: string }[];
}

function Choice({ label, value, onChange, data }: ChoiceProps) {
  const t = useText();
  return (
    <Select
      label={label}
      placeholder={t('people.any')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('people.any') }}
      nothingFoundMessage={t('people.no_choice')}
      value={value ?? null}
      onChange={onChange}
      data={data}
    />
  );
}

function Audience({ plan }: { plan: Plan }) {
  const t = useText();
  const shared = useShared();
  const audience = useAudience(plan);
  return (
    <Loaded query={audience} rows={1}>
      {({ total, sendable, reasons, by_consent, exact }) => (
        <Stack gap={6} aria-live="polite">
          <Group gap="lg">
            <Text fw={650} size="lg">
              {t('people.sendable', { count: sendable, shown: count(sendable) })}
            </Text>
            <Text c="dimmed">{t('people.found', { shown: count(total) })}</Text>
          </Group>
          {reasons.map((one) => (
            <Text key={one.reason} size="sm">
              {t('people.left_out', { reason: one.text.replace(/\.$/, ''), shown: count(one.count) })}
            </Text>
          ))}
          <Text size="sm" c="dimmed">
            {Object.entries(by_consent)
              .map(([basis, value]) => `${consentText(basis, shared)}: ${count(value)}`)
              .join(' · ')}
          </Text>
          {!exact && <Text size="sm">{t('people.approximate')}</Text>}
          {total === 0 && (
            <>
              <Text size="sm">{t('people.nobody')}</Text>
              <Group>
                <ButtonLink to="/import" search={{ campaign: true }} variant="default" size="xs">
                  {t('upload')}
                </ButtonLink>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

/** A basis of consent in words; one that a newer server names is shown as it is. */
function consentText(basis: string, shared: ReturnType<typeof useShared>): string {
  const known = CONSENTS.find((one) => one === basis);
  return known ? shared(`consent.${known}`) : basis;
}
