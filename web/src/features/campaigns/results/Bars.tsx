import { Bars as Shared } from '@/shared/ui/Bars';
import { TextLink } from '@/shared/ui/links';

interface Row {
  label: string;
  value: number;
  /** Leads to the people behind the figure. */
  link?: { id: number; reason: string };
}

/** Figures of a campaign as bars; some lead to the people behind them. */
export function Bars({ rows }: { rows: Row[] }) {
  return (
    <Shared
      rows={rows.map(({ label, value, link }) => ({
        key: label,
        value,
        label: link ? (
          <TextLink
            to="/campaigns/$id"
            params={{ id: link.id }}
            search={{ part: 'people', reason: link.reason }}
            size="sm"
          >
            {label}
          </TextLink>
        ) : (
          label
        ),
      }))}
    />
  );
}
