// The settings of a feed that `feeds add` and `feeds change` take.

export const SETTING_OPTIONS = {
  title: { type: 'string' },
  folder: { type: 'string' },
  lang: { type: 'string' },
  'full-text': { type: 'string' },
} as const;

/** The same in a line of usage. */
export const SETTING_USAGE = '[--title T] [--folder F] [--lang L] [--full-text auto|always|never]';

/** As the API takes them. An empty language means: recognise it from the text. */
export const settingsIn = (values: {
  readonly title?: string;
  readonly folder?: string;
  readonly lang?: string;
  readonly 'full-text'?: string;
}): Readonly<Record<string, unknown>> => ({
  ...(values.title === undefined ? {} : { title: values.title }),
  ...(values.folder === undefined ? {} : { folder: values.folder }),
  ...(values.lang === undefined ? {} : { language: values.lang === '' ? null : values.lang }),
  ...(values['full-text'] === undefined ? {} : { fullText: values['full-text'] }),
});
