import type { useText } from './texts';

const FIELDS = [
  'name',
  'first_name',
  'middle_name',
  'last_name',
  'phone',
  'username',
  'telegram_user_id',
  'profession',
  'interests',
  'age',
  'goal',
  'notes',
  'language',
  'timezone',
  'tags',
] as const;

/** A field of a contact in words; one that is none of ours by its own name. */
export function fieldWord(
  field: string | null | undefined,
  otherwise: string,
  t: ReturnType<typeof useText>,
): string {
  const known = FIELDS.find((one) => one === field);
  return known ? t(`field.${known}`) : otherwise;
}
