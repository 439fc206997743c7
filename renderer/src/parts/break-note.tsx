/** Says wherever companies are shown that the person is taking a break from all of them. */
import { breathingCopy } from '../copy/breathing.ts';
import { href } from '../state/route.ts';
import { ButtonLink } from '../ui/button.tsx';
import { BreathingIcon } from '../ui/icons.ts';
import { Note } from '../ui/surfaces.tsx';
import { useBreathing } from './use-breathing.ts';

export function BreakNote() {
  const { data } = useBreathing();
  if (data === null || data.pause === null) return null;
  return (
    <Note tone="amber" icon={<BreathingIcon size={20} aria-hidden />} title={breathingCopy.paused} actions={<ButtonLink small href={href('breathing')}>{breathingCopy.look}</ButtonLink>}>
      {breathingCopy.pausedSince(data.pause.sinceMs, data.pause.untilMs)}
    </Note>
  );
}
