/** The steps of both files, in order. A step that was released is never edited; a new one is added at the end. */
import type { Migration } from '../migrate.ts';
import { segments } from './index/0001-segments.ts';
import { words } from './index/0002-words.ts';
import { vectorSpaces } from './index/0003-vector-spaces.ts';
import { fileWords } from './index/0004-file-words.ts';
import { knowledgeVersion } from './index/0005-knowledge-version.ts';
import { knowledgeKinds } from './index/0006-knowledge-kinds.ts';
import { knowledgeChecksums } from './index/0007-knowledge-checksums.ts';
import { media } from './library/0001-media.ts';
import { conversations } from './library/0002-conversations.ts';
import { jobs } from './library/0003-jobs.ts';
import { settings } from './library/0004-settings.ts';
import { jobBatches } from './library/0005-job-batches.ts';
import { contentHash } from './library/0006-content-hash.ts';
import { checksums } from './library/0007-checksums.ts';
import { marks } from './library/0008-marks.ts';
import { roots } from './library/0009-roots.ts';
import { changes } from './library/0010-changes.ts';

export const libraryMigrations: readonly Migration[] = [
  media,
  conversations,
  jobs,
  settings,
  jobBatches,
  contentHash,
  checksums,
  marks,
  roots,
  changes,
];
export const indexMigrations: readonly Migration[] = [
  segments,
  words,
  vectorSpaces,
  fileWords,
  knowledgeVersion,
  knowledgeKinds,
  knowledgeChecksums,
];
