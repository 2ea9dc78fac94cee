// AWS list prices, us-east-1, as of 2026, in US dollars, before any free tier; from the project's own notes, not looked up by the measurement.

export const PRICES = {
  lambdaGigabyteSecond: 0.000_013_333_4, // ARM
  lambdaRequest: 0.2 / 1e6,
  sqsRequest: 0.4 / 1e6,
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  logGigabyte: 0.5,
} as const;

export const DAYS_A_MONTH = 30;
export const MINUTES_A_MONTH = DAYS_A_MONTH * 24 * 60;
