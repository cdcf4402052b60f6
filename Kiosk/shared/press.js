import { ask, newKey } from "./api.js";

/**
 * Sends the steps of a page: one at a time, locked while it runs, and idempotent.
 *
 * A request keeps its idempotency key until the server has decided it, by accepting or by refusing it. The same press again after a timeout, or after a
 * fault of the server (5xx), whose write may still succeed, is a retry with the same key and does nothing twice.
 */
export class Press {
  /**
   * @param {object} [options]
   * @param {number} [options.rest] milliseconds after an answer in which a step of the same name is ignored
   * @param {() => void} [options.onChange] called when a request begins and when it has ended
   */
  constructor(options = {}) {
    this.rest = options.rest || 0;
    this.onChange = options.onChange || (() => {});
    /**
     * The name of the step that runs; null for none.
     *
     * @type {string | null}
     */
    this.running = null;
    /**
     * The idempotency keys of requests that the server has not decided, by method, path and body.
     *
     * @type {Map<string, string>}
     */
    this.keys = new Map();
    /**
     * Until when each step is ignored, by its name.
     *
     * @type {Map<string, number>}
     */
    this.rests = new Map();
  }

  get busy() {
    return this.running !== null;
  }

  /** Whether a step was answered so recently that another press counts as accidental. */
  isResting(name) {
    return performance.now() < (this.rests.get(name) || 0);
  }

  /**
   * Sends a step by POST; see `send`.
   *
   * @template {string} Path
   * @param {API.Path<"POST", Path>} path
   * @param {API.Body<"POST", Path> | {}} [body] `{}` where there is nothing to send
   * @param {string} [name]
   */
  post(path, body = {}, name = path) {
    return this.send("POST", path, /** @type {API.Body<"POST", Path>} */ (body), name);
  }

  /**
   * @template {string} Method
   * @template {string} Path
   * @param {Method} method
   * @param {API.Path<Method, Path>} path
   * @param {API.Body<Method, Path>} [body]
   * @param {string} [name] of the step, for `running` and its rest
   * @returns {Promise<API.Answer<Method, Path> | null>} the answer; null without asking while another step runs
   * @throws {import("./api.js").Problem} for a refusal, a fault or a timeout
   */
  async send(method, path, body, name = path) {
    if (this.busy) return null;
    const what = `${method} ${path} ${JSON.stringify(body)}`;
    const key = this.keys.get(what) || newKey();
    this.keys.set(what, key);
    this.running = name;
    this.onChange();
    try {
      const answer = await ask(method, path, { body, key });
      this.keys.delete(what);
      return answer;
    } catch (problem) {
      if (problem.code !== "unreachable" && !(problem.status >= 500)) this.keys.delete(what);
      throw problem;
    } finally {
      this.running = null;
      if (this.rest) this.rests.set(name, performance.now() + this.rest);
      this.onChange();
    }
  }
}
