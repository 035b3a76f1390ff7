/** Whether an HTTP status says that the request succeeded: 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
