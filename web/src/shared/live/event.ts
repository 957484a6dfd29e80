/** What the server's stream of events tells. */
export interface LiveEvent {
  id: number;
  kind: 'message' | 'dialog' | 'campaign' | 'job' | 'account' | string;
  contact_id: number | null;
  campaign_id: number | null;
  created_at: string;
  body: Record<string, unknown>;
}

/** How the connection is: `live`, or `lost` since the last try failed, or `opening` at first. */
export type LiveStatus = 'opening' | 'live' | 'lost';
