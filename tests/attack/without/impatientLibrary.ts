import type { LibraryApi } from '../../../src/main/core/ports/libraryApi.ts';

export const patientLibrary = (library: LibraryApi): LibraryApi => library;
