// What send-alerts is given on AWS.
import type { Environment } from '../../shared/core/environment.ts';
import type { SendAlertsDependencies } from '../send-alerts.ts';
import { alertingFrom } from './alerting.ts';

export const fromEnvironment = (env: Environment): SendAlertsDependencies => alertingFrom(env, 'send-alerts');
