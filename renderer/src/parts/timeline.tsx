/** How the records behind one entry of the profile rose and fell. */
import type { Output } from '../../../shared/api/contract.ts';
import { counted } from '../copy/format.ts';
import { timelineCopy } from '../copy/profile.ts';

type Months = Output<'profile.why'>['months'];
interface Bar { readonly key: string; readonly label: string; readonly count: number }

/** More bars than this are too thin to point at: then a bar is a year. */
const MOST_MONTHS = 48;

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** Every month, or year, from the first to the last, also those in which nothing was. */
export function barsOf(months: Months): readonly Bar[] {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const [from, to] = [numberOf(first.month), numberOf(last.month)];
  const byMonth = new Map(months.map(({ month, count }) => [numberOf(month), count]));
  if (to - from < MOST_MONTHS) {
    return Array.from({ length: to - from + 1 }, (_, i) => ({ key: String(from + i), label: timelineCopy.month(Math.floor((from + i) / 12), (from + i) % 12), count: byMonth.get(from + i) ?? 0 }));
  }
  const [firstYear, lastYear] = [Math.floor(from / 12), Math.floor(to / 12)];
  return Array.from({ length: lastYear - firstYear + 1 }, (_, i) => {
    const year = firstYear + i;
    return { key: String(year), label: String(year), count: [...byMonth].reduce((sum, [month, count]) => (Math.floor(month / 12) === year ? sum + count : sum), 0) };
  });
}

export function Timeline({ months }: { readonly months: Months }) {
  const bars = barsOf(months);
  const [first, last] = [bars[0], bars.at(-1)];
  // One bar has not risen or fallen.
  if (!first || !last || bars.length < 2) return null;
  const most = bars.reduce((max, { count }) => Math.max(max, count), 1);
  const top = bars.find(({ count }) => count === most);
  return (
    <figure className="timeline">
      <figcaption><h3>{timelineCopy.title}</h3><p className="faint">{timelineCopy.most(top?.label ?? '', most)}</p></figcaption>
      <ol className="plain timeline-bars" aria-label={timelineCopy.title}>
        {bars.map(({ key, label, count }) => (
          <li key={key} title={`${label}: ${counted(count, 'record')}`}>
            <span className="timeline-bar" style={{ blockSize: `${count === 0 ? 0 : Math.max(4, Math.round((count / most) * 100))}%` }} aria-hidden />
            <span className="hidden-visually">{`${label}: ${counted(count, 'record')}`}</span>
          </li>
        ))}
      </ol>
      <p className="row-between faint" aria-hidden><span>{first.label}</span><span>{last.label}</span></p>
    </figure>
  );
}
