/** From now on, `electron` is the stand-in: for the built main process, run by plain Node. */
import { registerHooks } from 'node:module';

const standIn = new URL('./electronModule.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
