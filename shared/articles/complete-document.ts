// HTML lets authors leave out <html>, <head> and <body>, and browsers supply them; linkedom builds only what is written.

const METADATA: ReadonlySet<string> = new Set(['BASE', 'LINK', 'META', 'SCRIPT', 'STYLE', 'TITLE']);
const FRAME: ReadonlySet<string> = new Set(['HTML', 'HEAD', 'BODY']);

/** Gives the document one root with one head and one body, as a browser would; leaves a complete one as it is. */
export function completeDocument(document: Document): void {
  if (isComplete(document)) return;
  const html = document.createElement('html');
  const head = document.createElement('head');
  const body = document.createElement('body');
  for (const node of [...document.childNodes]) place(node, false);
  html.append(head, body);
  document.append(html);

  function place(node: ChildNode, inHead: boolean): void {
    const name = node.nodeName.toUpperCase();
    if (FRAME.has(name)) {
      copyAttributes(node as Element, name === 'BODY' ? body : html);
      for (const child of [...node.childNodes]) place(child, name === 'HEAD');
      node.remove();
    } else if (inHead || (METADATA.has(name) && body.firstElementChild === null)) {
      head.append(node);
    } else if (node.nodeType !== document.DOCUMENT_TYPE_NODE) {
      body.append(node);
    }
  }
}

function isComplete({ documentElement, childNodes }: Document): boolean {
  const roots = [...childNodes].filter(({ nodeType }) => nodeType === 1);
  const parts = [...(documentElement?.children ?? [])].map(({ nodeName }) => nodeName.toUpperCase());
  return roots.length === 1 && documentElement?.nodeName.toUpperCase() === 'HTML' && parts.join(' ') === 'HEAD BODY';
}

/** The first to say something is believed, as in browsers. */
function copyAttributes(from: Element, to: Element): void {
  for (const { name, value } of [...from.attributes]) {
    if (!to.hasAttribute(name)) to.setAttribute(name, value);
  }
}
