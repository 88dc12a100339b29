/**
 * Does what makes tokens without the stack trace of unlimited depth that cdktf captures for each: that is most of a synth.
 * EKS_INGRESS_DEBUG=1 keeps them.
 */
export function withoutStackTraces<Result>(make: () => Result): Result {
  const capture = Object.getOwnPropertyDescriptor(Error, 'captureStackTrace');
  if (process.env.EKS_INGRESS_DEBUG !== '1') Error.captureStackTrace = () => undefined;
  try {
    return make();
  } finally {
    if (capture) Object.defineProperty(Error, 'captureStackTrace', capture);
  }
}
