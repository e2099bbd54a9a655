/** What each tab sees of the engine, for as long as its session lives: a tab that is loaded again has the same files. */
import type { Engine, EngineWindow } from '../../engine/createEngine.ts';
import type { Outside } from '../shared/readOutside.ts';
import { receiveOutside } from '../shared/receiveOutside.ts';

/** Of more tabs than these, the one that was opened longest ago forgets what was opened in it from outside. */
const most = 64;

export class TabWindows {
  readonly #engine: Engine;
  readonly #windows = new Map<string, EngineWindow>();
  /** Sessions with an open tab, the latest last. */
  #open: string[] = [];
  /** Has what came while no tab was open; the next tab gets it. */
  #next: EngineWindow | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  of(session: string): EngineWindow {
    const known = this.#windows.get(session) ?? this.#next ?? this.#engine.openWindow();
    if (known === this.#next) this.#next = null;
    this.#windows.set(session, known);
    const [oldest = ''] = this.#windows.keys();
    if (this.#windows.size > most) this.#forget(oldest);
    return known;
  }

  /** What a session may fetch by addresses; one whose tab was not seen since the start has the library alone. */
  see(session: string): Pick<EngineWindow, 'openRoute'> {
    return this.#windows.get(session) ?? this.#engine;
  }

  /** Calls the result when the tab has gone. */
  opened(session: string): () => void {
    this.#open.push(session);
    return () => {
      const at = this.#open.lastIndexOf(session);
      this.#open = this.#open.filter((_, index) => index !== at);
    };
  }

  /** @returns false where no tab is open: the next one shows it */
  async receive(outside: Outside[]): Promise<boolean> {
    if (outside.length === 0) return this.#open.length > 0;
    const session = this.#open.at(-1);
    this.#next = session === undefined ? (this.#next ?? this.#engine.openWindow()) : this.#next;
    const window = session === undefined ? this.#next : this.of(session);
    if (window === null) return false;
    const add = (paths: string[]) => this.#engine.api.addToLibrary({ paths });
    for (const each of outside) await receiveOutside({ ...window, add }, each);
    return session !== undefined;
  }

  #forget(session: string): void {
    this.#windows.get(session)?.close();
    this.#windows.delete(session);
  }
}
