// Attributes of linkedom's elements.

/** linkedom keeps the case of attribute names, HTML does not mind it. Empty where there is none. */
export const attributeOf = (element: Element, name: string): string =>
  element.getAttribute(name) ??
  [...element.attributes].find((attribute) => attribute.name.toLowerCase() === name)?.value ??
  '';
