import { acceptLanguage, t } from "./words.js";

/** Milliseconds after which a request counts as unanswered and is retried with the same idempotency key. */
const requestTimeout = 8000;
const retryPauses = [400, 1200];

/** The advice where the hall does not answer: a resident's page sends the resident to the staff, a page of the staff does not. */
let unreachableAdvice = "error.unreachable.do";

/** This page is for staff. */
export function adviseStaff() {
  unreachableAdvice = "error.unreachable.staff";
}

/** A refusal or fault in the words of RFC 9457. `code` is stable; `unreachable` is our own for no answer at all. */
export class Problem extends Error {
  /** @param {{ status: number, code: string, title: string, detail?: string, ticket?: string | null, insist?: string | null }} told */
  constructor({ status, code, title, detail, ticket = null, insist = null }) {
    super(title);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail || "";
    /** The ticket that a refusal speaks of. */
    this.ticket = ticket;
    /** The field of the same request that, set true, asks for it all the same. */
    this.insist = insist;
  }
}

/** A new Idempotency-Key: 128 random bits in hexadecimal digits. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Asks for this page's kiosk once more; set by a page that has one.
 *
 * @type {(() => Promise<void>) | null}
 */
let claimAgain = null;

export function onPageNeeded(again) {
  claimAgain = again;
}

/** After a 401, when the hall does not know this page any more: true when it has accepted the page again. */
export async function knownAgain() {
  if (!claimAgain) return false;
  try {
    await claimAgain();
    return true;
  } catch {
    return false;
  }
}

async function attempt(method, path, body, key, signal) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), requestTimeout);
  const forward = () => controller.abort();
  if (signal) signal.addEventListener("abort", forward);
  try {
    const headers = { Accept: "application/json", "Accept-Language": acceptLanguage() };
    if (key) headers["Idempotency-Key"] = key;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: controller.signal,
    });
    const text = await response.text();
    return { status: response.status, ok: response.ok, data: parsed(text) };
  } finally {
    clearTimeout(timer);
    if (signal) signal.removeEventListener("abort", forward);
  }
}

function parsed(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Sends a request. Returns the parsed body; throws `Problem` for a refusal, a fault or a timeout.
 *
 * Without an answer it is retried, always with the same idempotency key, so that nothing happens twice.
 *
 * @template {string} Method
 * @template {string} Path
 * @param {Method} method
 * @param {API.Path<Method, Path>} path
 * @param {{ body?: API.Body<Method, Path>, key?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<API.Answer<Method, Path>>}
 */
export async function ask(method, path, options = {}) {
  const { body, key, signal } = options;
  let mayClaim = !path.endsWith("/page");
  for (let round = 0; ; round += 1) {
    let answer;
    try {
      answer = await attempt(method, path, body, key, signal);
    } catch (error) {
      if (signal && signal.aborted) throw error;
      if (round < retryPauses.length) {
        await new Promise((resolve) => setTimeout(resolve, retryPauses[round]));
        continue;
      }
      throw new Problem(
        { status: 0, code: "unreachable", title: t("error.unreachable"), detail: t(unreachableAdvice) },
      );
    }
    if (answer.ok) return answer.data;
    const told = answer.data || {};
    if (told.code === "page_needed" && mayClaim) {
      mayClaim = false;
      if (await knownAgain()) continue;
    }
    throw new Problem({
      status: answer.status,
      code: told.code || "unexpected",
      title: told.title || t("error.unexpected"),
      detail: told.detail || (told.title ? "" : t("error.unexpected.do")),
      ticket: told.ticket,
      insist: told.insist,
    });
  }
}

/**
 * @template {string} Path
 * @param {API.Path<"GET", Path>} path
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<API.Answer<"GET", Path>>}
 */
export function get(path, options) {
  return ask("GET", path, options);
}
