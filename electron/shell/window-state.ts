/** Remembers where the window was, so that it opens there again; a place that is not on any screen is forgotten. */
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { readSmallFile, replaceFile } from '../core/platform/files/atomic-file.ts';

const stateFile = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int(), maximized: z.boolean() });
export type WindowState = z.output<typeof stateFile>;

/** In CSS pixels: the size the page is designed for, and the least it works at. */
export const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
export const LEAST_SIZE = { width: 900, height: 600 } as const;

/** `areas`: work areas of the screens there are now. Null means: default size, placed by the system. */
export function decideWindowState(stored: WindowState | null, areas: readonly Rectangle[]): WindowState | null {
  if (!stored || stored.width < LEAST_SIZE.width || stored.height < LEAST_SIZE.height) return null;
  // Enough of the title bar must be reachable to move the window.
  const reachable = areas.some((area) => stored.x + stored.width > area.x + 100 && stored.x < area.x + area.width - 100 && stored.y >= area.y - 10 && stored.y < area.y + area.height - 50);
  return reachable ? stored : null;
}

/** Null when there is none or it cannot be understood: the window then opens where the system puts it. */
export function readWindowState(path: string): WindowState | null {
  try {
    const parsed = stateFile.safeParse(JSON.parse(readSmallFile(path, 4_096) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Losing it loses nothing, so a full disk is no reason to complain. */
export function writeWindowState(path: string, state: WindowState): void {
  try { replaceFile(path, JSON.stringify(state)); } catch { return; }
}
