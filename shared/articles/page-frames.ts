// The boxes of a page that paragraphs stand in, and what their names and roles say about them.

/** Elements that hold one paragraph: their class says how it looks ("comment-quote"), not what it is. */
export const LEAVES: ReadonlySet<string> = new Set(
  'address caption dd dt figcaption h1 h2 h3 h4 h5 h6 hr p pre summary'.split(' '),
);

/**
 * `never`: menus, forms, comments, notices: never part of an article, unless the headline stands in them too.
 * `doubtful`: named as related stories, advertisements and the like are; but so are boxes of prose ("banner-statement").
 * `plain`: nothing speaks against it.
 */
export type FrameKind = 'plain' | 'doubtful' | 'never';

export interface PageFrame {
  readonly element: Element;
  readonly parent: PageFrame | null;
  /** Lower case. */
  readonly tag: string;
  /** Class and id in lower case, their words set apart by blanks, with one at both ends. */
  readonly name: string;
  readonly kind: FrameKind;
  /** Not shown until something is clicked or paid. */
  readonly hidden: boolean;
  /** Fields and buttons directly in it. */
  controls: number;
  /** Pictures directly in it. */
  pictures: number;
}

const NEVER_ROLES = /^(?:navigation|menu|menubar|dialog|alertdialog|alert|search|banner|contentinfo|tablist|toolbar)$/;
const NEVER_TAGS: ReadonlySet<string> = new Set('dialog dir menu nav'.split(' '));
/** Publishing systems put categories and settings into the classes of these ("post category-community has-sidebar"), and looks. */
const WHOLES: ReadonlySet<string> = new Set('html body main article blockquote'.split(' '));
const DOUBTFUL_TAGS: ReadonlySet<string> = new Set('aside'.split(' '));

/** Whole words of classes and ids. */
const NEVER_NAMES = words(
  'ad ads adv advert adverts advertisement advertisements advertising adslot adsbox dfp outbrain taboola mgid ' +
    'nav navbar navigation navi mainnav submenu menu menubar toolbar topbar breadcrumb breadcrumbs pager pagination skip ' +
    'comment comments commenting commentlist disqus discussion discussions replies kommentare commentaires comentarios ' +
    'newsletter newsletters nl subscribe subscription subscriptions subscriber signup signin login register registration regwall ' +
    'cookie cookies consent gdpr cmp privacy modal dialog popup popover overlay tooltip toast lightbox ' +
    'share sharing shares sharebar sharebuttons sharedaddy sharethis social socials btn button buttons ' +
    'search poll survey cta feedback login skiplink copyright rating',
);
const DOUBTFUL_NAMES = words(
  'related relatedposts relevant recommend recommended recommendation recommendations recommends recirc recirculation suggested suggestion suggestions ' +
    'popular trending latest mostread ranking rank promo promos promoted promotion teaser teasers sponsor sponsored sponsors banner banners ' +
    'sidebar rail widget widgets tags topics keywords bio credits footer catcher interstitial outro linked links readmore ' +
    'paywall offer infinite next feed feeds partner partners video videos player gallery podcast bookmark digest carousel slider ' +
    'meldungsfooter empfehlungen empfohlen verwandt meistgelesen weiterlesen aussi conexas relacionada relacionadas relacionado relacionados ' +
    'leiamais vejamais correlati correlate leggi polecane powiazane ilgili benzer oneri onerilen tavsiye ' +
    'recommendation rekomend pohozhie kanren osusume tuijian xiangguan kicker promo',
);
const DOUBTFUL_PHRASES = / (?:most (?:read|popular|viewed)|more (?:stories|on|from)|read (?:more|also|next)|see also) /;

/** An `aside` of the story's own: its facts and dates in short. */
const FACTS =
  / (?:facts?|fact ?box|fact ?file|info ?box|key (?:dates|points|facts|figures)|timeline|chronology|explainer|glossary|infokasten|faktenbox|hintergrund|chronik|encadre|recuadro|cronologia|ramka|bilgi kutusu) /;

/** Looks, not parts of a page: "comment-quote" is a quotation, "share-text" a text worth sharing. */
const LOOKS =
  / (?:comments? (?:quote|statement)|(?:share|social|popup) (?:text|quote|line|story|statement)|social (?:media )?(?:text|affairs|issues)|ad free|newsletter (?:story|post|article)) /;

function words(list: string): RegExp {
  return new RegExp(` (?:${[...new Set(list.split(' '))].join('|')}) `);
}

/** Reads frames, each name once: pages repeat their classes a hundred times. */
export class FrameReader {
  readonly #named = new Map<string, Pick<PageFrame, 'name' | 'kind'>>();

  read(element: Element, parent: PageFrame | null): PageFrame {
    const tag = element.localName.toLowerCase();
    let names = tag;
    for (const naming of NAMING) {
      const value = element.getAttribute(naming);
      if (value !== null && !(naming === 'id' && SLUG.test(value)))
        names += ` ${naming === 'role' ? 'role=' : ''}${value}`;
    }
    let named = this.#named.get(names);
    if (named === undefined) {
      const name = wordsOf(names.slice(tag.length).replace(/ role=\S*/, ''));
      named = { name, kind: kindOf(tag, name, / role=(\S*)/.exec(names)?.[1] ?? '') };
      this.#named.set(names, named);
    }
    return { element, parent, tag, ...named, hidden: isHidden(element), controls: 0, pictures: 0 };
  }
}

/** An id made of a heading: "sharing-with-a-single-developer" names what is said. */
const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+){3,}$/i;
const NAMING = ['class', 'id', 'role', 'data-area', 'data-component'];

function kindOf(tag: string, name: string, role: string): FrameKind {
  if (WHOLES.has(tag)) return 'plain';
  if (NEVER_TAGS.has(tag) || NEVER_ROLES.test(role)) return 'never';
  if (NEVER_NAMES.test(name)) return LOOKS.test(name) ? 'doubtful' : 'never';
  if (DOUBTFUL_NAMES.test(name) || DOUBTFUL_PHRASES.test(name)) return 'doubtful';
  if (FACTS.test(name)) return 'plain';
  return DOUBTFUL_TAGS.has(tag) || role === 'complementary' ? 'doubtful' : 'plain';
}

/** By its own attributes; style sheets are not read. */
export const isHidden = (element: Element): boolean =>
  element.hasAttribute('hidden') ||
  element.getAttribute('aria-hidden') === 'true' ||
  /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute('style') ?? '');

/** `relatedBox--wide` is " related box wide ". */
const wordsOf = (names: string): string =>
  ` ${names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9\u0080-\uffff]+/g, ' ')
    .toLowerCase()
    .trim()} `;
