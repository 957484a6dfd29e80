import { Box, Button, Center } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { day, time } from '@/shared/format';
import { Empty, Loaded } from '@/shared/ui/states';
import type { Draft } from '../data/drafts';
import { type Message, useHistory } from '../data/useHistory';
import classes from '../inbox.module.css';
import { useText } from '../texts';
import { Bubble } from './Bubble';
import { Ticks } from './Ticks';

const ESTIMATED_PX = 96;
/** Older messages are asked for when the reader is this near to the top. */
const NEAR_TOP_PX = 400;

interface Props {
  contactId: number;
  sending: Draft | null;
  onEdit: (message: Message) => void;
}

/** What was said, the newest below; older messages come as one scrolls up. */
export function Messages({ contactId, sending, onEdit }: Props) {
  const t = useText();
  const { history, messages } = useHistory(contactId);
  return (
    <Loaded query={history}>
      {() =>
        messages.length === 0 && !sending ? (
          <Empty icon={IconMessageCircle} title={t('chat.empty')}>
            {t('chat.empty_about')}
          </Empty>
        ) : (
          <Scroll
            messages={messages}
            sending={sending}
            onEdit={onEdit}
            older={
              history.hasNextPage && !history.isFetchingNextPage ? () => void history.fetchNextPage() : null
            }
          />
        )
      }
    </Loaded>
  );
}

interface ScrollProps extends Omit<Props, 'contactId'> {
  messages: Message[];
  older: (() => void) | null;
}

function Scroll({ messages, sending, onEdit, older }: ScrollProps) {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: messages.length + (sending ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_PX,
    getItemKey: (index) => messages[index]?.id ?? `sending-${sending?.key}`,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 80,
    overscan: 10,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    rows.scrollToEnd();
  }, [rows]);
  const atEnd = useStayingAtEnd(scroller, () => rows.scrollToEnd());
  const onScroll = () => {
    atEnd.look();
    if (older && (scroller.current?.scrollTop ?? NEAR_TOP_PX) < NEAR_TOP_PX) older();
  };
  return (
    <Box
      ref={scroller}
      className={classes.messages}
      onScroll={onScroll}
      tabIndex={0}
      role="log"
      aria-label={t('chat.messages')}
    >
      {older && (
        <Center p={4}>
          <Button size="compact-xs" variant="subtle" onClick={older}>
            {t('chat.older')}
          </Button>
        </Center>
      )}
      <Box style={{ height: rows.getTotalSize(), position: 'relative', marginTop: 'auto', flex: 'none' }}>
        {rows.getVirtualItems().map((row) => (
          <Box
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            className={classes.item}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            <Row
              message={messages[row.index]}
              before={messages[row.index - 1]}
              sending={sending}
              onEdit={onEdit}
            />
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** Nearer than this to the end is at the end. */
const END_PX = 80;

/** Keeps the newest message in sight when the window changes its size: a phone is turned, its keyboard comes up. */
function useStayingAtEnd(scroller: RefObject<HTMLDivElement | null>, toEnd: () => void) {
  const at = useRef(true);
  const latest = useRef(toEnd);
  useEffect(() => {
    latest.current = toEnd;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => at.current && latest.current());
    sizes.observe(element);
    // Its rows too: narrower ones become higher.
    if (element.lastElementChild) sizes.observe(element.lastElementChild);
    return () => sizes.disconnect();
  }, [scroller]);
  return {
    look: () => {
      const element = scroller.current;
      if (element) at.current = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    },
  };
}

interface RowProps extends Omit<Props, 'contactId'> {
  message?: Message;
  before?: Message;
}

function Row({ message, before, sending, onEdit }: RowProps) {
  if (!message) return sending && <Sending text={sending.text} />;
  const newDay = !before || day(before.sent_at) !== day(message.sent_at);
  return (
    <>
      {newDay && <span className={classes.day}>{day(message.sent_at)}</span>}
      <Bubble message={message} onEdit={onEdit} />
    </>
  );
}

function Sending({ text }: { text: string }) {
  return (
    <div className={classes.bubble} data-direction="out" data-state="sending">
      <span>{text}</span>
      <div className={classes.meta}>
        <span>{time(new Date().toISOString())}</span>
        <Ticks state="queued" />
      </div>
    </div>
  );
}
