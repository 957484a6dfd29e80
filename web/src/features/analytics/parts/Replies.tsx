import { useText as useShared } from '@/shared/i18n';
import { REPLY_CLASSES } from '@/shared/knowledge/replyClasses';
import { Bars } from '@/shared/ui/Bars';
import { Loaded } from '@/shared/ui/states';
import { useReplies } from '../data';
import { FigurePanel } from '../FigurePanel';
import type { Scope } from '../search';
import { useText } from '../texts';

/** What people answered, by what it meant. */
export function Replies({ scope }: { scope: Scope }) {
  const t = useText();
  const shared = useShared();
  const replies = useReplies(scope);
  const named = (name: string) => {
    const known = REPLY_CLASSES.find((one) => one === name);
    return known ? shared(`reply_class.${known}`) : name;
  };
  return (
    <Loaded query={replies} rows={3}>
      {({ items }) => (
        <FigurePanel
          title={t('replies.title')}
          file={`alfa-replies-${scope.from}-${scope.to}`}
          columns={[
            { title: t('column.class'), value: (row) => named(row.class) },
            { title: t('column.count'), value: (row) => row.count },
          ]}
          rows={items}
          picture={
            items.length > 0 && (
              <Bars
                rows={items.map((one) => ({ key: one.class, label: named(one.class), value: one.count }))}
              />
            )
          }
        />
      )}
    </Loaded>
  );
}
