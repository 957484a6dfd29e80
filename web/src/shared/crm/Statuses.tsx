import { Badge } from '@mantine/core';
import type { Schemas } from '../api/client';
import { useText } from './texts';

const BOOKING = {
  booked: 'ink',
  paid: 'teal',
  attended: 'teal',
  no_show: 'orange',
  cancelled: 'gray',
} as const;
const PAYMENT = { pending: 'orange', completed: 'teal', failed: 'red', cancelled: 'gray' } as const;
const CLIENT = { new: 'ink', active: 'teal', former: 'gray' } as const;
const STANDING = {
  upcoming: 'ink',
  active: 'teal',
  frozen: 'ink',
  ended: 'gray',
  cancelled: 'gray',
} as const;

function Word({ colour, children }: { colour: string; children: string }) {
  return (
    <Badge variant="default" tt="none" fw={600} miw="max-content" leftSection={<Dot colour={colour} />}>
      {children}
    </Badge>
  );
}

/** A dot of the status's colour; the word beside it says the same. */
function Dot({ colour }: { colour: string }) {
  return (
    <span
      aria-hidden
      style={{
        display: 'inline-block',
        width: 8,
        height: 8,
        borderRadius: 4,
        background: `var(--mantine-color-${colour}-6)`,
      }}
    />
  );
}

/** How a booking stands. */
export function BookingState({ status }: { status: Schemas['BookingStatus'] }) {
  const t = useText();
  return <Word colour={BOOKING[status]}>{t(`booking.${status}`)}</Word>;
}

/** How a payment stands. */
export function PaymentState({ status }: { status: Schemas['PaymentStatus'] }) {
  const t = useText();
  return <Word colour={PAYMENT[status]}>{t(`payment.${status}`)}</Word>;
}

/** How a client stands. */
export function ClientState({ status }: { status: Schemas['ClientStatus'] }) {
  const t = useText();
  return <Word colour={CLIENT[status]}>{t(`client.${status}`)}</Word>;
}

/** How a subscription stands today. */
export function SubscriptionState({ standing }: { standing: Schemas['Standing'] }) {
  const t = useText();
  return <Word colour={STANDING[standing]}>{t(`standing.${standing}`)}</Word>;
}
