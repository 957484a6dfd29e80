import { NumberInput, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Schemas } from '@/shared/api/client';
import type { Contact } from '@/shared/contact/Facts';
import { filled } from '@/shared/ui/forms';
import { useText } from '../texts';

/** What a person types about a contact; empty inputs are empty strings. */
export interface ContactValues {
  name: string;
  phone: string;
  username: string;
  profession: string;
  interests: string;
  goal: string;
  age: number | string;
  language: string | null;
  tags: string[];
  status: Contact['status'];
}

/** The form of a contact, or of a new one. */
export function valuesOf(contact?: Contact): ContactValues {
  return {
    name: contact?.name ?? '',
    phone: contact?.phone ?? '',
    username: contact?.username ?? '',
    profession: contact?.profession ?? '',
    interests: contact?.interests ?? '',
    goal: contact?.goal ?? '',
    age: contact?.age ?? '',
    language: contact?.language ?? null,
    tags: contact?.tags ?? [],
    status: contact?.status ?? 'active',
  };
}

/** The values as a new contact is sent: what is empty is left out. */
export function inputOf(values: ContactValues) {
  return {
    name: values.name.trim(),
    phone: filled(values.phone),
    username: filled(values.username),
    profession: filled(values.profession),
    interests: filled(values.interests),
    goal: filled(values.goal),
    age: values.age === '' ? undefined : Number(values.age),
    language: values.language ?? undefined,
    tags: values.tags,
  };
}

/** Only what differs, so that what a colleague changes meanwhile stays; an emptied input is sent as null. */
export function changeOf(before: ContactValues, after: ContactValues): Schemas['ContactChange'] {
  const sent = (values: ContactValues) => ({ ...inputOf(values), status: values.status });
  const [was, is] = [sent(before), sent(after)];
  const changed = Object.keys(is).filter(
    (key) => JSON.stringify(was[key as keyof typeof was]) !== JSON.stringify(is[key as keyof typeof is]),
  );
  return Object.fromEntries(changed.map((key) => [key, is[key as keyof typeof is] ?? null]));
}

const LANGUAGES = ['ru', 'en', 'uk', 'kk', 'uz'] as const;

/** The inputs that a new and an old contact share. */
export function ContactFields<T extends ContactValues>({ form: typed }: { form: UseFormReturnType<T> }) {
  const t = useText();
  // The form of a new contact has more inputs; these are in both.
  const form = typed as unknown as UseFormReturnType<ContactValues>;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label={t('form.name')}
        required
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('form.phone')}
        type="tel"
        placeholder={'+7 916 123-45-67'}
        {...form.getInputProps('phone')}
      />
      <TextInput label={t('form.username')} placeholder={'@username'} {...form.getInputProps('username')} />
      <TextInput label={t('form.profession')} {...form.getInputProps('profession')} />
      <TextInput label={t('form.interests')} {...form.getInputProps('interests')} />
      <TextInput label={t('form.goal')} {...form.getInputProps('goal')} />
      <NumberInput
        label={t('form.age')}
        min={0}
        max={130}
        allowDecimal={false}
        hideControls
        {...form.getInputProps('age')}
      />
      <Select
        label={t('form.language')}
        placeholder={t('form.language_auto')}
        clearable
        clearButtonProps={{ 'aria-label': t('form.language_clear') }}
        data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        {...form.getInputProps('language')}
      />
      <TagsInput label={t('form.tags')} maxTags={50} acceptValueOnBlur {...form.getInputProps('tags')} />
    </SimpleGrid>
  );
}
