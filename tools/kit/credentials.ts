/** What the SDK and AWS call it where nobody is logged in, or no longer. */
const NOBODY =
  /^(?:CredentialsProviderError|TokenProviderError|ExpiredToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|RequestExpired|AuthFailure)$/;

/** A message for people; where AWS doesn't know who asks, with what to do about it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!NOBODY.test(error.name)) return error.message;
  return `AWS can't be asked without credentials that hold (${error.message}): log in with aws sso login, or name a profile in AWS_PROFILE`;
}
