/** What a session says when a provider or a network fails. */
import { PlayheadError } from '../../../contract/errors.ts';

/** Of a machine without an adapter the same for every graph. */
export function whyNot(provider: string, graph: string, cause: string): string {
  if (/Failed to get a WebGPU adapter/.test(cause)) return `${provider} found no graphics adapter that it can use`;
  return `${provider} could not be used for ${fileName(graph)}: ${firstLine(cause)}`;
}

export function notOpened(file: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'model-invalid',
      message: 'A network of this model could not be opened.',
      hint: 'Import or download the model again.',
      file,
    },
    { cause },
  );
}

export function runFailed(file: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    { code: 'model-invalid', message: 'A network of this model failed on its input.', file },
    { cause },
  );
}

export function brokenNumbers(file: string, output: string): PlayheadError {
  return new PlayheadError({
    code: 'model-invalid',
    message: `A network of this model gave numbers that are not finite (${output}).`,
    hint: 'Its weights are damaged, or overflow: import or download the model again.',
    file,
  });
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) as string;
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
