// What the functions that send to subscribers are allowed: mails from one sender, and the secrets of channels.
import { Stack, Validations } from 'aws-cdk-lib';
import type { Settings } from '../../shared/model/settings.ts';
import { configurationSetArn, type MailEvents } from './mail-events.ts';
import type { TocsinFunction } from './tocsin-function.ts';

/** Nothing where no sender is set. */
export function allowMail(
  fn: TocsinFunction,
  { settings: { mail }, mailEvents }: { readonly settings: Settings; readonly mailEvents: MailEvents },
): void {
  const { configurationSet } = mailEvents;
  if (mail.from === null || configurationSet === null) return;
  fn.setEnvironment({ configurationSet: configurationSet.configurationSetName });
  const { partition, region, account } = Stack.of(fn);
  // A mail that is sent with a configuration set needs both.
  const identities = `arn:${partition}:ses:${region}:${account}:identity/*`;
  fn.allow(['ses:SendEmail', 'ses:SendRawEmail'], [identities, configurationSetArn(fn, configurationSet)], {
    StringEquals: { 'ses:FromAddress': bareAddress(mail.from) },
  });
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]`,
    reason: 'The verified identity may be the address or its domain; the condition allows the one sender only.',
  });
}

/** SES compares the address alone: `Tocsin <news@example.org>` is sent by news@example.org. */
const bareAddress = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender;

const SECRET_RIGHTS = {
  read: ['ssm:GetParameter'],
  remove: ['ssm:DeleteParameter'],
  manage: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
};

/** `read`: to send. `remove`: to end. `manage`: to subscribe, send and end. The account's own key encrypts them, and needs no grant. */
export function allowChannelSecrets(fn: TocsinFunction, use: keyof typeof SECRET_RIGHTS): void {
  const { partition, region, account, stackName } = Stack.of(fn);
  const prefix = `/tocsin/${stackName}/channels`;
  fn.allow(SECRET_RIGHTS[use], [`arn:${partition}:ssm:${region}:${account}:parameter${prefix}/*`]);
  fn.setEnvironment({ channelSecretsPrefix: prefix });
  Validations.of(fn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter${prefix}/*]`,
    reason: 'One parameter for each subscription; their names are not known at deployment.',
  });
}
