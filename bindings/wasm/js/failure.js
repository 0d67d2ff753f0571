// What an input that is nonsense looks like in JavaScript.

/** An input that is wrong. What the rules refuse is no error: it stands in the quote. */
export class DangolError extends Error {
  /** @param {{ code: string, path: string, message: string, problems?: object[] }} failure */
  constructor({ code, path, message, problems = [{ code, path, message }] }) {
    super(message);
    this.code = code;
    this.path = path;
    this.problems = problems;
  }

  get name() {
    return 'DangolError';
  }
}

/** The module could not be fetched, compiled or started; `cause` has what the browser said. */
export class LoadError extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    const cure =
      "dangol_bg.wasm must be served, as application/wasm, where `init` looks for it (beside index.js, or at the URL given to it), " +
      "and a content security policy must allow 'wasm-unsafe-eval'";
    super(`the WebAssembly module could not be loaded: ${cause instanceof Error ? cause.message : cause}; ${cure}`, { cause });
  }

  get name() {
    return 'LoadError';
  }
}

/**
 * Runs what calls the module, which throws a failure as JSON text.
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
export function orThrow(run) {
  try {
    return run();
  } catch (thrown) {
    throw typeof thrown === 'string' ? new DangolError(JSON.parse(thrown)) : thrown;
  }
}
