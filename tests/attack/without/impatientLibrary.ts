import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';

export const patientLibrary = (library: LibraryApi): LibraryApi => library;
