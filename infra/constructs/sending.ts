// What the functions that send to subscribers are allowed: mails from one sender, with our own configuration set.
import { Stack, Validations } from 'aws-cdk-lib';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Settings } from '../../shared/model/settings.ts';
import { configurationSetArn } from './mail-events.ts';
import type { TocsinFunction } from './tocsin-function.ts';

/** `configurationSet`: null where no sender is set. */
export function allowMail(fn: TocsinFunction, { mail }: Settings, configurationSet: ConfigurationSet | null): void {
  if (mail.from === null || configurationSet === null) return;
  fn.setEnvironment({ configurationSet: configurationSet.configurationSetName });
  const { partition, region, account } = Stack.of(fn);
  // A mail that is sent with a configuration set needs both.
  const identities = `arn:${partition}:ses:${region}:${account}:identity/*`;
  fn.allow(['ses:SendEmail', 'ses:SendRawEmail'], [identities, configurationSetArn(fn, configurationSet)], {
    StringEquals: { 'ses:FromAddress': bareAddress(mail.from) },
  });
  Validations.of(fn.role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ses:GetAccount knows no resources; see the Service Authorization Reference.',
  });
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]`,
    reason: 'The verified identity may be the address or its domain; the condition allows the one sender only.',
  });
}

/** SES compares the address alone: `Tocsin <news@example.org>` is sent by news@example.org. */
const bareAddress = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender;
