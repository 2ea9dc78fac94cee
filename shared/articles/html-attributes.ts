// Attributes of linkedom's elements.

/** An attribute by name, in any case: linkedom keeps the case of names, HTML ignores it. Empty if missing. */
export const attributeOf = (element: Element, name: string): string =>
  element.getAttribute(name) ??
  [...element.attributes].find((attribute) => attribute.name.toLowerCase() === name)?.value ??
  '';
