/** Choosing what the page is read in: in the settings, and wherever somebody comes in who may not read what stands there. */
import { settingsCopy } from '../copy/settings.ts';
import { LANGUAGE_CHOICES, ownName, systemLanguage, type LanguageChoice } from '../state/language.ts';
import { Select } from '../ui/fields.tsx';

export function LanguageSelect({ value, onChange, small = false }: { readonly value: LanguageChoice; readonly onChange: (choice: LanguageChoice) => void; readonly small?: boolean }) {
  const options = [{ value: 'system' as const, label: settingsCopy.languageSystem(ownName(systemLanguage())) }, ...LANGUAGE_CHOICES.map((tag) => ({ value: tag, label: ownName(tag) }))];
  return <Select<LanguageChoice> label={settingsCopy.language} value={value} options={options} onChange={onChange} small={small} hideLabel={small} {...(small ? {} : { hint: settingsCopy.languageHint })} />;
}
