/** A refusal of the Bot API: `status` is also the HTTP status, `description` Telegram's text. */
export class ApiError extends Error {
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(status: number, description: string, retryAfter?: number) {
    super(description);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** What a method answers; `description` is only used by the webhook methods. */
export interface Answer {
  result: unknown;
  description?: string;
}

/**
 * A 400 with Telegram's prefix. Telegram writes the first letter small unless the second character shows that the
 * message is one of its codes, as in CHARGE_NOT_FOUND.
 */
export function badRequest(message: string): ApiError {
  const [first = '', second = ''] = message;
  const text = /[_A-Z]/.test(second) ? message : first.toLowerCase() + message.slice(1);
  return new ApiError(400, `Bad Request: ${text}`);
}

export function tooManyRequests(retryAfter: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${retryAfter}`, retryAfter);
}

/** The body of a success. */
export function success({ result, description }: Answer): string {
  return JSON.stringify({ ok: true, result, description });
}

/** The body of a refusal. */
export function refusal({ status, message, retryAfter }: ApiError): string {
  const parameters = retryAfter === undefined ? undefined : { retry_after: retryAfter };
  return JSON.stringify({ ok: false, error_code: status, description: message, parameters });
}
