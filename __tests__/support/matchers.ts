import { Testing } from 'cdktf';

/** What has a type in Terraform: a resource, a data source or a provider of cdktf. */
interface TerraformClass {
  readonly tfResourceType: string;
}

/** Properties in synthesized JSON, so in snake_case: another spelling of a key matches nothing, and `.not` everything. */
type Properties = Readonly<Record<string, unknown>>;

// cdktf declares its matchers for Jest's globals only.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    /** Whether a synthesized stack has at least one resource of the type. */
    toHaveResource(type: TerraformClass): R;
    toHaveResourceWithProperties(type: TerraformClass, properties: Properties): R;
    toHaveDataSource(type: TerraformClass): R;
    toHaveDataSourceWithProperties(type: TerraformClass, properties: Properties): R;
    toHaveProvider(type: TerraformClass): R;
    toHaveProviderWithProperties(type: TerraformClass, properties: Properties): R;
    /** Whether `terraform validate` finds nothing in the synthesized folder. */
    toBeValidTerraform(): R;
    toPlanSuccessfully(): R;
  }
}

Testing.setupJest();
