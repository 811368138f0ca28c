/** The path of a node binary of another major version, fetched once from npm. */
export function nodeBinary(major: number): Promise<string>;
