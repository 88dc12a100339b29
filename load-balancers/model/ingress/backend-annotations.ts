import { INGRESS_ANNOTATIONS, type Annotated } from '../annotations';
import { type Ingress, type Service } from '../objects';
import { type Sourced } from '../origin';
import { type OrUnknown } from '../unknown';
import { readJson, type Form } from '../go/json-form';

/** Annotations of an Ingress, under those of the Service behind it: each is whole from one of the two. */
export class BackendAnnotations {
  private readonly holders: readonly Annotated[];

  constructor(ingress: Ingress, service?: Service) {
    this.holders = service === undefined ? [ingress] : [service, ingress];
  }

  string(suffix: string): Sourced<string> | undefined {
    return this.read(suffix, (holder) => INGRESS_ANNOTATIONS.string(holder, suffix));
  }

  stringOr(suffix: string, fallback: string): Sourced<string> {
    return this.string(suffix) ?? { value: fallback, sources: [] };
  }

  /** @throws {Refused} for what is no whole number of so many bits */
  integerOr(suffix: string, fallback: number, bits: 32 | 64 = 32): Sourced<OrUnknown<number>> {
    return this.integer(suffix, bits) ?? { value: fallback, sources: [] };
  }

  /** @throws {Refused} for what is no whole number of so many bits */
  integer(suffix: string, bits: 32 | 64 = 32): Sourced<OrUnknown<number>> | undefined {
    return this.read(suffix, (holder) => INGRESS_ANNOTATIONS.integer(holder, suffix, bits));
  }

  /** @throws {Refused} for an entry without `=` or key */
  map(suffix: string): Sourced<OrUnknown<ReadonlyMap<string, string>>> | undefined {
    return this.read(suffix, (holder) => INGRESS_ANNOTATIONS.map(holder, suffix));
  }

  /** @throws {Refused} for what is no JSON, or of another form */
  json<T>(suffix: string, form: Form<T>): Sourced<OrUnknown<T>> | undefined {
    return this.read(suffix, (holder) => readJson(holder, suffix, form));
  }

  private read<T>(suffix: string, read: (holder: Annotated) => T | undefined): Sourced<T> | undefined {
    const holder = this.holders.find((object) => INGRESS_ANNOTATIONS.nameOf(object, suffix) !== undefined);
    const value = holder === undefined ? undefined : read(holder);
    return holder === undefined || value === undefined
      ? undefined
      : { value, sources: [INGRESS_ANNOTATIONS.source(holder, suffix)] };
  }
}
