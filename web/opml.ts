// Lists of feeds as OPML: read from a file that somebody chose, and written for a download. XML only: nothing in it is ever shown as markup.

export interface OpmlFeed {
  readonly url: string;
  readonly title: string;
  readonly folder: string;
}

/** The page's policy lets no text become markup but through a policy such as this; what comes out of it is XML that is read and thrown away. */
const policy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(text: string): string } } }
).trustedTypes?.createPolicy('tocsin-opml', { createHTML: (text: string) => text });

/** Empty for what is no OPML. Folders are the outlines around a feed. */
export function readOpml(text: string): readonly OpmlFeed[] {
  const document = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, 'text/xml');
  return [...document.querySelectorAll('outline')].flatMap((outline) => {
    const url = attribute(outline, 'xmlurl');
    if (url === '') return [];
    const folders: string[] = [];
    for (let up = outline.parentElement; up?.tagName === 'outline'; up = up.parentElement)
      folders.unshift(attribute(up, 'title') || attribute(up, 'text'));
    return [
      {
        url,
        title: attribute(outline, 'title') || attribute(outline, 'text'),
        folder: folders.filter(Boolean).join('/'),
      },
    ];
  });
}

/** Programs write the names of attributes in any case. */
const attribute = (element: Element, name: string): string =>
  [...element.attributes].find((each) => each.name.toLowerCase() === name)?.value.trim() ?? '';

export function writeOpml(feeds: readonly OpmlFeed[], title: string): string {
  const opml = document.implementation.createDocument(null, 'opml');
  const add = (parent: Element, name: string, attributes: Readonly<Record<string, string>> = {}): Element => {
    const element = parent.appendChild(opml.createElementNS(null, name));
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const root = opml.documentElement;
  root.setAttribute('version', '2.0');
  add(add(root, 'head'), 'title').textContent = title;
  const body = add(root, 'body');
  for (const [folder, inside] of Map.groupBy(feeds, (feed) => feed.folder)) {
    const parent = folder === '' ? body : add(body, 'outline', { text: folder, title: folder });
    for (const feed of inside)
      add(parent, 'outline', { type: 'rss', text: feed.title, title: feed.title, xmlUrl: feed.url });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(opml)}\n`;
}

export function download(name: string, text: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // Some browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
