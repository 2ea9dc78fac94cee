// What Node and libraries say on their own goes to the log of the instance that listens, and nowhere before.
import { logStrayOutput, publishStray } from '../../local/system/stray-output.ts';

it('stray output becomes a warning of each log that listens, until it listens no more', () => {
  const [one, other]: string[][] = [[], []];
  publishStray('before');
  const endOne = logStrayOutput({ warn: (text) => one!.push(text) });
  const endOther = logStrayOutput({ warn: (text) => other!.push(text) });

  publishStray('DeprecationWarning: old');
  endOne();
  publishStray('later');
  endOther();
  publishStray('after');

  expect([one, other]).toEqual([['DeprecationWarning: old'], ['DeprecationWarning: old', 'later']]);
});
