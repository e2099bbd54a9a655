/** For `node --import`: a Playhead whose calls on the library fail at once where the real one waits. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier.endsWith('/patientLibrary.ts') ? new URL('./impatientLibrary.ts', import.meta.url).href : specifier,
      context,
    ),
});
