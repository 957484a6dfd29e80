import { Anchor, Badge, Group } from '@mantine/core';
import { useText } from '../texts';

/** The name of a row, which opens its form. */
export function Named({ name, active, onOpen }: { name: string; active: boolean; onOpen: () => void }) {
  const t = useText();
  return (
    <Group gap="xs" wrap="nowrap">
      <Anchor
        component="button"
        type="button"
        size="sm"
        fw={600}
        ta="start"
        onClick={(event) => {
          event.stopPropagation();
          onOpen();
        }}
      >
        {name}
      </Anchor>
      {!active && (
        <Badge variant="default" tt="none">
          {t('off')}
        </Badge>
      )}
    </Group>
  );
}
