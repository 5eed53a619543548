import { MATROSKA, WEBM } from 'mediabunny';
import type { MediaEnd } from '../../src/core/media-api';
import { earliestEndSec, endsEarly } from '../../src/core/media-length';
import type { OpenTrack } from './open-track';

/** Whether the sound ended where the file says it should. @param damages what the decoder threw, and where */
export async function judgeEnd(
  open: OpenTrack,
  endSec: number,
  damages: readonly string[],
): Promise<MediaEnd> {
  if (damages.length > 0) return { endSec, outcome: 'damaged', details: damages.join('\n') };
  const short = endsEarly(endSec, open.info.declaredSec) && !(await isWholeFilm(open));
  return { endSec, outcome: short ? 'short' : 'complete', details: '' };
}

/** Matroska promises the length of the film, whose sound may stop earlier: then the pictures go on. */
async function isWholeFilm({ input, info }: OpenTrack): Promise<boolean> {
  const format = await input.getFormat();
  if (format !== MATROSKA && format !== WEBM) return false;
  return (await input.computeDuration()) >= earliestEndSec(info.declaredSec ?? 0);
}
