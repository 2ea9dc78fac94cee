// `tocsin feeds change`: other settings for a feed, or a pause.
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT, shownConfig } from '../../command.ts';
import { SETTING_OPTIONS, SETTING_USAGE, settingsIn } from '../../feeds/feed-settings.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { feedIdFor, type ShownFeed } from '../../feeds/followed-feeds.ts';
import { printJson } from '../../output.ts';

export const usage = [`tocsin feeds change ID|URL ${SETTING_USAGE} [--pause|--resume] [WHERE]`, WHERE];

/** Only what is given changes. An empty value undoes a setting: with `--lang ''` the language is recognised from the text again. */
export const run: Command = async (args, io) => {
  const options = {
    ...INSTANCE_OPTIONS,
    ...SETTING_OPTIONS,
    pause: { type: 'boolean' },
    resume: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 1, max: 1 });
  if (values.pause && values.resume)
    throw invalidArguments('--pause and --resume contradict each other', [usageHint(usage)]);
  const active = values.pause ? { active: false } : values.resume ? { active: true } : {};
  const body = { ...settingsIn(values), ...active };
  if (Object.keys(body).length === 0)
    throw invalidArguments('nothing to change: give at least one option', [usageHint(usage)]);
  return withApi(values, io, async (api) => {
    const id = await feedIdFor(api, positionals[0] ?? '');
    const feed = await api.call<ShownFeed>('PATCH', `/v1/feeds/${encodeURIComponent(id)}`, { body });
    if (io.json) printJson(io, feed);
    else {
      io.stdout(`${id} was changed: ${JSON.stringify(body)}\n`);
      io.stdout(`settings in ${shownConfig(io, 'feeds.opml')} are applied again at the next start or deploy\n`);
    }
    return EXIT.done;
  });
};
