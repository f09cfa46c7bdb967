import { stripTypeScriptTypes } from 'node:module';

/** Jest's transformer: the same type stripping that Node itself does, so tests run the code that production runs. */
export default {
  process: (source: string) => ({ code: stripTypeScriptTypes(source) }),
};
