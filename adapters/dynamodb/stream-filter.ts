// What of the table's stream reaches send-alerts: one filter for the event source on AWS and for the stream source of one machine.

/** In the shape of a Lambda event filter: each list holds the values that pass. */
export interface StreamFilter {
  readonly eventName: readonly string[];
  readonly dynamodb: {
    readonly NewImage: Readonly<Record<string, { readonly S: readonly string[] }>>;
  };
}

/** As far as a filter reads it: a record of the stream as Lambda hands it over. */
export interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: { readonly NewImage?: Readonly<Record<string, { readonly S?: string }>> };
}

/**
 * Hits whose subscribers are to get an alert: new ones, and those that gained matches. The embedded database reports some writes twice, as a
 * change that changed nothing. That is harmless: an alert that has been sent is not sent again.
 */
export const PENDING_HIT_FILTER: StreamFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { NewImage: { type: { S: ['hit'] }, alertState: { S: ['pending'] } } },
};

/** New matches, for the terminal of one machine. */
export const NEW_MATCH_FILTER: StreamFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { type: { S: ['match'] } } },
};

/** Mails that were not sent, at least for now; for the same terminal. */
export const HELD_BACK_FILTER: StreamFilter = {
  eventName: ['MODIFY'],
  dynamodb: { NewImage: { type: { S: ['delivery'] }, state: { S: ['merged', 'held'] }, channel: { S: ['email'] } } },
};

/** Decides as Lambda does, for the parts of a filter that are used here. */
export function passesFilter({ eventName, dynamodb }: StreamFilter, record: StreamRecord): boolean {
  const image = record.dynamodb?.NewImage;
  return (
    eventName.includes(record.eventName ?? '') &&
    Object.entries(dynamodb.NewImage).every(([attribute, { S }]) => S.includes(image?.[attribute]?.S ?? ''))
  );
}
