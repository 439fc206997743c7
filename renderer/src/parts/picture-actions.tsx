/** What can be done with a picture: taken along as text, or as a file that looks the same elsewhere, or put on paper. */
import { useRef, type ReactNode } from 'react';
import { pictureCopy } from '../copy/pictures.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { CopyIcon, PrintIcon, SaveIcon } from '../ui/icons.ts';
import { standalone } from '../ui/standalone-svg.ts';
import { menuOf } from '../ui/menu.tsx';
import { CopyButton, copyText } from './copy-button.tsx';
import { saveTextFile } from './save-file.ts';

/** `text`: what the picture says, a line for each thing. `name`: of the file, without its ending. */
export function PictureActions({ text, name, children }: { readonly text: readonly string[]; readonly name: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const save = () => {
    const svg = frame.current?.querySelector('svg');
    // Shown as a table there is no picture: its words are what there is.
    if (!svg) {
      saveTextFile(`${name}.txt`, text.map((line) => `${line}\n`), 'text/plain');
      showToast(pictureCopy.saved(`${name}.txt`));
      return;
    }
    saveTextFile(`${name}.svg`, standalone(svg, getComputedStyle(svg.closest('.card') ?? document.body).backgroundColor), 'image/svg+xml');
    showToast(pictureCopy.saved(`${name}.svg`));
  };
  const print = () => {
    const svg = frame.current?.querySelector('svg');
    // Beside the app, where it is all that is printed; in the colours of paper, which the page's own have there.
    const sheet = document.createElement('section');
    sheet.className = 'print-sheet print-picture';
    sheet.append(...(svg ? [svg.cloneNode(true)] : []), ...text.map((line) => Object.assign(document.createElement('p'), { textContent: line })));
    document.body.append(sheet);
    window.addEventListener('afterprint', () => { sheet.remove(); }, { once: true });
    window.print();
  };
  return (
    <div className="picture">
      <div
        ref={frame}
        {...menuOf(() => [
          { label: pictureCopy.copy, icon: <CopyIcon size={16} aria-hidden />, act: () => { copyText(text.join('\n')); } },
          { label: pictureCopy.save, icon: <SaveIcon size={16} aria-hidden />, act: save },
          { label: pictureCopy.print, icon: <PrintIcon size={16} aria-hidden />, act: print },
        ])}
      >
        {children}
      </div>
      <div className="row picture-acts">
        <CopyButton variant="quiet" text={text.join('\n')} label={pictureCopy.copy} done={pictureCopy.copied} failed={pictureCopy.copyFailed} />
        <Button variant="quiet" onClick={save}><SaveIcon size={18} aria-hidden />{pictureCopy.save}</Button>
        <Button variant="quiet" onClick={print}><PrintIcon size={18} aria-hidden />{pictureCopy.print}</Button>
      </div>
    </div>
  );
}
