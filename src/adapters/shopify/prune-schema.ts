import {
  buildClientSchema,
  getNamedType,
  type IntrospectionField,
  type IntrospectionInputValue,
  type IntrospectionQuery,
  type IntrospectionSchema,
  type IntrospectionType,
  type IntrospectionTypeRef,
  lexicographicSortSchema,
  parse,
  printSchema,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';

type SchemaUse = {
  readonly documents: readonly string[];
  /** By input type: the fields sent inside variables. Fields written in a document count by themselves. */
  readonly sentInputFields: Readonly<Record<string, readonly string[]>>;
};

/**
 * The part of a schema that the documents touch, as SDL without descriptions: the same text for the same
 * input. Enums stay whole, because the shop may answer with any of their values.
 */
export function pruneSchema(introspection: IntrospectionQuery, use: SchemaUse): string {
  const kept = usedNames(introspection, use);
  const source = introspection.__schema;
  const reached = new Set<string>();
  const types: IntrospectionType[] = [];
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    const type = source.types.find((candidate) => candidate.name === name);
    if (!type) throw new Error(`The schema has no type ${name}`);
    const pruned = pruneType(type, kept);
    types.push(pruned);
    for (const inner of innerTypes(pruned)) reach(inner);
  };
  const directives = source.directives.filter((directive) => kept.has(`@${directive.name}`));
  for (const root of [source.queryType, source.mutationType]) if (root) reach(root.name);
  for (const argument of directives.flatMap((directive) => directive.args)) reach(typeName(argument.type));
  const schema: IntrospectionSchema = {
    ...source,
    subscriptionType: null,
    types,
    directives: directives.map((directive) => ({
      ...directive,
      description: null,
      args: directive.args.map(pruneValue),
    })),
  };
  const small = buildClientSchema({ __schema: schema }, { assumeValid: true });
  return `${printSchema(lexicographicSortSchema(small))}\n`;
}

/** `Type.field`, `Type.field(argument`, and `@directive` for everything the documents name. */
function usedNames(introspection: IntrospectionQuery, use: SchemaUse): ReadonlySet<string> {
  // Shopify's schema breaks a rule of graphql 17 (a deprecated implementation of `Node.id`).
  const schema = buildClientSchema(introspection, { assumeValid: true });
  const kept = new Set<string>();
  for (const [type, fields] of Object.entries(use.sentInputFields)) {
    for (const field of fields) kept.add(`${type}.${field}`);
  }
  for (const text of use.documents) {
    const document = parse(text);
    const problems = validate(schema, document);
    if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'));
    const info = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(info, {
        Field: (node) => {
          const field = `${info.getParentType()?.name}.${node.name.value}`;
          kept.add(field);
          for (const argument of node.arguments ?? []) kept.add(`${field}(${argument.name.value}`);
        },
        ObjectField: (node) => {
          kept.add(`${getNamedType(info.getParentInputType())?.name}.${node.name.value}`);
        },
        Directive: (node) => {
          kept.add(`@${node.name.value}`);
        },
      }),
    );
  }
  return kept;
}

function pruneType(type: IntrospectionType, kept: ReadonlySet<string>): IntrospectionType {
  if (type.kind === 'OBJECT') {
    const interfaces = type.interfaces.filter(({ name }) => isNamed(name, kept));
    const owners = [type.name, ...interfaces.map(({ name }) => name)];
    return { ...type, description: null, interfaces, fields: pruneFields(type.fields, owners, kept) };
  }
  if (type.kind === 'INTERFACE') {
    const fields = pruneFields(type.fields, [type.name], kept);
    return { ...type, description: null, interfaces: [], fields };
  }
  // The shop may answer with any of its members, but those no document asks anything of have no fields.
  if (type.kind === 'UNION') {
    const possibleTypes = type.possibleTypes.filter(({ name }) => isNamed(name, kept));
    return { ...type, description: null, possibleTypes };
  }
  if (type.kind === 'INPUT_OBJECT') {
    const fields = type.inputFields.filter((field) => kept.has(`${type.name}.${field.name}`));
    return { ...type, description: null, inputFields: fields.map(pruneValue) };
  }
  if (type.kind === 'ENUM') {
    const values = type.enumValues.map((value) => ({
      ...value,
      description: null,
      isDeprecated: false,
      deprecationReason: null,
    }));
    return { ...type, description: null, enumValues: values };
  }
  if (type.kind === 'SCALAR') return { ...type, description: null };
  return type satisfies never;
}

function isNamed(type: string, kept: ReadonlySet<string>): boolean {
  return [...kept].some((name) => name.startsWith(`${type}.`));
}

/** A field asked of an interface is one that all its types must have. */
function pruneFields(
  fields: readonly IntrospectionField[],
  owners: readonly string[],
  kept: ReadonlySet<string>,
): readonly IntrospectionField[] {
  return fields
    .filter((field) => owners.some((owner) => kept.has(`${owner}.${field.name}`)))
    .map((field) => ({
      ...field,
      description: null,
      args: field.args
        .filter(({ name }) => owners.some((owner) => kept.has(`${owner}.${field.name}(${name}`)))
        .map(pruneValue),
    }));
}

function pruneValue(value: IntrospectionInputValue): IntrospectionInputValue {
  return { ...value, description: null };
}

function innerTypes(type: IntrospectionType): readonly string[] {
  if (type.kind === 'INPUT_OBJECT') return type.inputFields.map((field) => typeName(field.type));
  if (type.kind === 'UNION') return type.possibleTypes.map(({ name }) => name);
  if (type.kind !== 'OBJECT' && type.kind !== 'INTERFACE') return [];
  const possible = type.kind === 'INTERFACE' ? type.possibleTypes : [];
  const mentioned = type.fields.flatMap((field) => [field, ...field.args]);
  return [...possible.map(({ name }) => name), ...mentioned.map((each) => typeName(each.type))];
}

function typeName(reference: IntrospectionTypeRef): string {
  return reference.kind === 'LIST' || reference.kind === 'NON_NULL'
    ? typeName(reference.ofType)
    : reference.name;
}
