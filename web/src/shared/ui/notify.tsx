import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Problem } from '../api/problem';
import { count } from '../format';
import { text } from '../i18n';

/** How long a person has to take something back. */
export const UNDO_MS = 8_000;
/** Most things that one refusal says. */
const MAX_SAID = 3;

/** A refusal in words: the server's own, or what the lack of an answer means. */
export function words(error: unknown): string {
  if (!(error instanceof Problem)) return text('error.unexpected');
  if (error.status === 0) return text('error.no_answer');
  const said = [...new Set(error.fields.map((one) => one.message).filter(Boolean))];
  if (said.length > 0) return joined(said);
  return error.message || text('error.status', { status: error.status });
}

/** One after the other, those past the first few only counted: a refusal may name every place of a long file. */
function joined(said: string[]): string {
  const parts = said.slice(0, MAX_SAID);
  if (said.length > MAX_SAID) parts.push(text('error.more', { rest: count(said.length - MAX_SAID) }));
  return parts.reduce((before, next) => `${before}${/[.!?…]$/.test(before) ? ' ' : '; '}${next}`);
}

/** Says that something went wrong; the same failure is said once. */
export function tellProblem(error: unknown) {
  tellRefusal(error, null);
}

/** Where a refusal leads to: to what is in the way. */
interface WayOut {
  label: string;
  go: () => void;
}

/** Says that something was refused, with the way to what is in the way when it is known. */
export function tellRefusal(error: unknown, way: WayOut | null) {
  const said = words(error);
  const leave = () => {
    notifications.hide(said);
    way?.go();
  };
  notifications.show({
    id: said,
    color: 'red',
    title: text('error.title'),
    message: way ? (
      <>
        <Text size="sm">{said}</Text>
        <Button size="compact-sm" variant="default" mt={6} onClick={leave}>
          {way.label}
        </Button>
      </>
    ) : (
      said
    ),
    autoClose: 10_000,
    ...closable(),
  });
}

/** Says that something was done. */
export function tell(message: string) {
  notifications.show({ message, color: 'teal', ...closable() });
}

interface Undoable {
  /** What was done. */
  message: string;
  /** Takes it back. */
  undo: () => void;
  /** For what can not be taken back once it is done: does it when the time to take it back is over. */
  later?: () => void;
}

/** Says what was done with a button that takes it back. */
export function tellUndoable({ message, undo, later }: Undoable) {
  let settled = false;
  const id = `undo-${Math.random().toString(36).slice(2)}`;
  const settle = (action?: () => void) => {
    if (settled) return;
    settled = true;
    notifications.hide(id);
    action?.();
  };
  notifications.show({
    id,
    color: 'gray',
    autoClose: UNDO_MS,
    onClose: () => settle(later),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="default" onClick={() => settle(undo)}>
          {text('action.undo')}
        </Button>
      </Group>
    ),
    ...closable(),
  });
}

function closable() {
  return { withCloseButton: true, closeButtonProps: { 'aria-label': text('action.close') } };
}
