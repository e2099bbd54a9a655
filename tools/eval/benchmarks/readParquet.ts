import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { PlayheadError } from '../../../src/contract/errors.ts';

/** Rows of a Parquet file, by their columns' names. @throws PlayheadError `file-not-found`, `invalid-input` */
export async function readParquet(file: string): Promise<Record<string, unknown>[]> {
  const buffer = await asyncBufferFromFile(file).catch((cause: unknown) => {
    throw new PlayheadError(
      { code: 'file-not-found', message: 'This file of the benchmark is not there.', file },
      { cause },
    );
  });
  return parquetReadObjects({ file: buffer }).catch((cause: unknown) => {
    throw new PlayheadError(
      { code: 'invalid-input', message: 'This is no Parquet file that can be read.', file },
      { cause },
    );
  });
}
