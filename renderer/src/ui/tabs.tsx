/** Tabs that are places: each is a link, so that back and forward work. */
import type { ReactNode } from 'react';

export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly { readonly href: string; readonly label: ReactNode; readonly current: boolean }[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>{tab.label}</a>)}
    </nav>
  );
}
