/** Languages that the page speaks. */
export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

/** What one part of the page says, in each language. The German has to have what the English has. */
export type Messages<T> = Readonly<Record<Locale, T>>;

/**
 * The first of a person's languages that the page speaks; English where it speaks none.
 * @param languages BCP 47 tags, the preferred one first
 */
export function chooseLocale(languages: readonly string[]): Locale {
  const codes = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return codes.map((code) => LOCALES.find((locale) => locale === code)).find(Boolean) ?? 'en';
}
