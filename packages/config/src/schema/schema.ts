/** A JSON Schema as data (draft 2020-12). */
export type Json = Readonly<Record<string, unknown>>;

declare const describes: unique symbol;

interface AnySchema {
  readonly json: Json;
  /** JSON leaves out what is undefined. */
  readonly mayBeAbsent?: boolean;
}

/** A schema of the values of `T`, as JSON has them: the compiler sees to it that none of their properties is missing. */
export interface SchemaOf<T> extends AnySchema {
  /** Not set in any value: `T` stands in both directions, so that neither a wider nor a narrower type fits. */
  readonly [describes]?: (value: T) => T;
}

type Properties<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K>
    ? SchemaOf<T[K] | undefined>
    : SchemaOf<T[K]>;
};

/** An object with these properties and no others. */
export function object<T extends object>(properties: Properties<T>): SchemaOf<T> {
  const all = Object.entries<AnySchema>(properties);
  return {
    json: {
      type: 'object',
      properties: Object.fromEntries(all.map(([name, { json }]) => [name, json])),
      required: all.filter(([, { mayBeAbsent }]) => mayBeAbsent !== true).map(([name]) => name),
      additionalProperties: false,
    },
  };
}

export const text: SchemaOf<string> = { json: { type: 'string' } };
export const flag: SchemaOf<boolean> = { json: { type: 'boolean' } };
export const wholeNumber: SchemaOf<number> = { json: { type: 'integer' } };

/** One of these words. @param all the compiler counts them */
export const words = <T extends string>(all: Readonly<Record<T, true>>): SchemaOf<T> => ({
  json: { enum: Object.keys(all) },
});

export const constant = <const T extends string | number | boolean>(value: T): SchemaOf<T> => ({
  json: { const: value },
});

export const optional = <T>({ json }: SchemaOf<T>): SchemaOf<T | undefined> => ({ json, mayBeAbsent: true });

export const list = <T>({ json }: SchemaOf<T>): SchemaOf<readonly T[]> => ({
  json: { type: 'array', items: json },
});

export const anyOf = <T extends readonly unknown[]>(
  ...schemas: { readonly [I in keyof T]: SchemaOf<T[I]> }
): SchemaOf<T[number]> => ({ json: { anyOf: schemas.map(({ json }) => json) } });

/** A type that several places have; it stands under `$defs`. */
export interface Shared<T> {
  readonly name: string;
  readonly definition: SchemaOf<T>;
  readonly schema: SchemaOf<T>;
}

export const shared = <T>(name: string, definition: SchemaOf<T>): Shared<T> => ({
  name,
  definition,
  schema: { json: { $ref: `#/$defs/${name}` } },
});

/** Says of a value what no keyword says. */
export const about = <T>(description: string, schema: SchemaOf<T>): SchemaOf<T> => ({
  ...schema,
  json: { ...schema.json, description },
});
