/** Everything that is wrong with a checkpoint, gathered, so that one error names it all. */
import { PlayheadError } from '../../contract/errors.ts';

const shown = 12;

export class Problems {
  readonly #checkpointFolder: string;
  readonly #list: string[] = [];

  constructor(checkpointFolder: string) {
    this.#checkpointFolder = checkpointFolder;
  }

  get count(): number {
    return this.#list.length;
  }

  add(problem: string): void {
    if (!this.#list.includes(problem)) this.#list.push(problem);
  }

  /** @throws PlayheadError `checkpoint-invalid`: the first dozen in the message, all of them in the cause. */
  throwIfAny(): void {
    if (this.#list.length === 0) return;
    const head = this.#list.slice(0, shown);
    const more = this.#list.length - head.length;
    throw new PlayheadError({
      code: 'checkpoint-invalid',
      message: `This checkpoint cannot be imported: ${head.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      hint: 'Fetch the files again, or check that the folder holds a whole VideoLLaMA 2, SigLIP or CLIP checkpoint.',
      file: this.#checkpointFolder,
      cause: this.#list.join('\n'),
    });
  }
}

/** "(64, 32)", for messages. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
