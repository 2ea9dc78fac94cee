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

/** Only inserts: the embedded database says MODIFY of a write that changed nothing. */
export const NEW_MATCH_FILTER: StreamFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { type: { S: ['match'] } } },
};

/** New matches whose subscribers are to get an alert; the others were stored without one (see `quiet`). */
export const NEW_PENDING_MATCH_FILTER: StreamFilter = {
  ...NEW_MATCH_FILTER,
  dynamodb: { NewImage: { ...NEW_MATCH_FILTER.dynamodb.NewImage, alertState: { S: ['pending'] } } },
};

/** Decides as Lambda does, for the parts of a filter that are used here. */
export function passesFilter({ eventName, dynamodb }: StreamFilter, record: StreamRecord): boolean {
  const image = record.dynamodb?.NewImage;
  return (
    eventName.includes(record.eventName ?? '') &&
    Object.entries(dynamodb.NewImage).every(([attribute, { S }]) => S.includes(image?.[attribute]?.S ?? ''))
  );
}
