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
