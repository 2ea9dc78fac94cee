// What AWS asks for, in US dollars, us-east-1, before any free tier, as listed in November 2026 at https://aws.amazon.com/pricing/.

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
