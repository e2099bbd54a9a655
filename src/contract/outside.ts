/** What reaches a window from outside: a file that somebody asks about, from the system's menus, a terminal or a link. */
import type { ErrorInfo } from './errors.ts';
import type { Segment } from './media.ts';

/** A path that is not even looked at before the person agrees to it. */
export interface OutsideRequest {
  id: string;
  /** As it would be opened. */
  path: string;
  /** `link`: a web page or a mail may have made it; `network`: to look at it tells another computer who asks. */
  from: 'link' | 'network';
}

/** The stretch of the file that the question is about; null for all of it. `endSec` left out is the file's end. */
export type AskedClip = (Pick<Segment, 'startSec'> & Partial<Segment>) | null;

/** Told to one window alone, never to all of them. */
export type OutsideEvent =
  /** Show this file with the cursor in the question. */
  | { type: 'askAbout'; mediaId: string; clip: AskedClip }
  /** Show the path and ask whether to open it; the answer goes to `answerRequest`. */
  | { type: 'agreeFirst'; request: OutsideRequest }
  | { type: 'outsideFailed'; error: ErrorInfo };
