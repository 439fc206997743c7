/** A page with nothing in it but the list of a million rows: what `long-list.spec.ts` builds and scrolls. */
import { createRoot } from 'react-dom/client';
import '../../../renderer/src/ui/controls.css';
import { VirtualList } from '../../../renderer/src/ui/virtual-list.tsx';

const place = document.getElementById('list');
if (place) createRoot(place).render(<VirtualList label="Rows" count={1_000_000} rowPx={56} row={(index, tabIndex) => <button type="button" data-row-focus tabIndex={tabIndex}>{index}</button>} onRange={() => undefined} />);
