// The language that a feed or an entry states.

/** As written, with hyphens: "en", "pt-BR". Null for anything but a language tag, and for "und". */
export function languageTag(written: string | null | undefined): string | null {
  const tag = (written ?? '').trim().replaceAll('_', '-').replace(/\..*$/, '');
  return /^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,6}$/i.test(tag) && !/^(?:und|mul|zxx)\b/i.test(tag) ? tag : null;
}
