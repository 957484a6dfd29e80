import { Select, Text } from '@mantine/core';
import { api } from '@/shared/api/client';
import { count } from '@/shared/format';
import { useText as useShared } from '@/shared/i18n';
import { REPLY_CLASSES } from '@/shared/knowledge/replyClasses';
import { Loaded } from '@/shared/ui/states';
import { useKnowledge } from '../search';
import { useText } from '../texts';
import { BlockList } from './BlockList';
import { KINDS } from './blockValues';

/** What first messages are put together of, kind by kind. */
export function Blocks() {
  const t = useText();
  const { kind = KINDS[0], show } = useKnowledge();
  const blocks = api.useQuery('get', '/api/knowledge/blocks');
  const program = api.useQuery('get', '/api/knowledge/program');
  return (
    <Loaded query={blocks}>
      {({ items }) => {
        const of = (one: string) => items.find((item) => item.kind === one)?.blocks ?? [];
        return (
          <>
            <Choice
              label={t('block.kind')}
              value={kind}
              onChange={(value) => show({ kind: KINDS.find((one) => one === value) })}
              data={KINDS.map((value) => ({
                value,
                label: t('block.choice', { name: t(`block_kind.${value}`), number: count(of(value).length) }),
              }))}
            />
            <Text size="sm" c="dimmed" mb="sm">
              {t(`block_about.${kind}`)}
            </Text>
            {program.data && (
              <BlockList key={kind} purpose={{ kind }} blocks={of(kind)} program={program.data} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

/** Classes that are answered from the base; the rest are decided otherwise. */
const ANSWERED = REPLY_CLASSES.filter((one) => one !== 'opt_out');

/** The approved answers, by what a person's reply means. */
export function Objections() {
  const t = useText();
  const shared = useShared();
  const { class: chosen = 'price_rate', show } = useKnowledge();
  const answers = api.useQuery('get', '/api/knowledge/objections');
  const program = api.useQuery('get', '/api/knowledge/program');
  return (
    <Loaded query={answers}>
      {({ items }) => {
        const of = (one: string) => items.find((item) => item.class === one)?.answers ?? [];
        return (
          <>
            <Choice
              label={t('answer.class')}
              value={chosen}
              onChange={(value) => show({ class: REPLY_CLASSES.find((one) => one === value) })}
              data={ANSWERED.map((value) => ({
                value,
                label: t('block.choice', {
                  name: shared(`reply_class.${value}`),
                  number: count(of(value).length),
                }),
              }))}
            />
            <Text size="sm" c="dimmed" mb="sm">
              {t('answer.about')}
            </Text>
            {program.data && (
              <BlockList
                key={chosen}
                purpose={{ class: chosen }}
                blocks={of(chosen)}
                program={program.data}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  data: { value: string; label: string }[];
  onChange: (value: string | null) => void;
}

function Choice(props: ChoiceProps) {
  return <Select mb="xs" maw={420} allowDeselect={false} maxDropdownHeight={420} {...props} />;
}
