import { Alert, Badge, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schemas } from '@/shared/api/client';
import { count } from '@/shared/format';
import { Panel } from '@/shared/ui/Panel';
import { ProgramForm } from './edit/ProgramForm';
import { said } from './said';
import { useText } from './texts';

/** The programme, and a warning while its facts are only a sample. */
export function ProgramPanel({ program }: { program: Schemas['KnowledgeProgramAnswer'] }) {
  const t = useText();
  const [editing, setEditing] = useState(false);
  return (
    <>
      {program.sample && (
        <Alert
          color="orange"
          variant="outline"
          bg="var(--alfa-panel)"
          // Orange and blue titles fail AA on white.
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
          icon={<IconInfoCircle aria-hidden />}
          title={t('sample.title')}
        >
          {t('sample.about')}
        </Alert>
      )}
      <Panel title={said(program.name)}>
        <Stack gap="xs">
          <Text size="sm">{said(program.description)}</Text>
          <Text size="sm" c="dimmed">
            {t('program.persona', { who: said(program.persona), bank: said(program.bank) })}
          </Text>
          <List size="sm">
            {program.benefits.map((benefit) => (
              <List.Item key={benefit.id}>{said(benefit.text)}</List.Item>
            ))}
          </List>
          <Group gap="xs">
            {program.levels.map((level) => (
              <Badge key={level.id} variant="default" tt="none">
                {level.max_points
                  ? t('program.level', {
                      id: level.id,
                      from: count(level.min_points),
                      to: count(level.max_points),
                    })
                  : t('program.level_from', { id: level.id, from: count(level.min_points) })}
              </Badge>
            ))}
          </Group>
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('program.edit')}
            </Button>
          </Group>
        </Stack>
      </Panel>
      {editing && <ProgramForm onClose={() => setEditing(false)} />}
    </>
  );
}
