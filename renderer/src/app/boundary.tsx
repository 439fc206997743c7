/** Catches a bug in a screen, so that the person sees words and not a blank page. */
import { Component, type ReactNode } from 'react';
import { appCopy } from '../copy/app.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/surfaces.tsx';

export class Boundary extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { readonly crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="alone"><div className="alone-card">
        <h1 className="hidden-visually">{appCopy.name}</h1>
        <Note tone="loss" title={appCopy.crashed.title} live actions={<Button small onClick={() => { window.location.reload(); }}>{appCopy.crashed.action}</Button>}>{appCopy.crashed.text}</Note>
      </div></main>
    );
  }
}
