import type { FieldNode, OperationDefinitionNode, SelectionSetNode, ValueNode } from 'graphql';

/** Values of variables by name, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

const mutationCost = 10;
// A list asked for without a size; the real number depends on the list.
const unsizedList = 10;

/**
 * Points a query may cost at most: one for every object that could come back, nothing for scalars.
 * https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
 */
export function requestedCost(operation: OperationDefinitionNode, variables: Variables): number {
  const base = operation.operation === 'mutation' ? mutationCost : 0;
  return base + selectionCost(operation.selectionSet, variables);
}

/** Points it did cost: the objects that came back. */
export function actualCost(operation: OperationDefinitionNode, data: unknown): number {
  return (operation.operation === 'mutation' ? mutationCost : 0) + countObjects(data) - 1;
}

function selectionCost(selection: SelectionSetNode, variables: Variables): number {
  return selection.selections.reduce((total, node) => {
    if (node.kind === 'FragmentSpread') return total + 1;
    if (node.kind === 'InlineFragment') return total + selectionCost(node.selectionSet, variables);
    return total + fieldCost(node, variables);
  }, 0);
}

const wrappers = ['nodes', 'edges', 'node', 'pageInfo'];

function fieldCost(field: FieldNode, variables: Variables): number {
  if (!field.selectionSet) return 0;
  const children = selectionCost(field.selectionSet, variables);
  if (field.name.value === 'pageInfo') return 0;
  if (wrappers.includes(field.name.value)) return children;
  const size = pageSize(field, variables);
  return size === undefined ? 1 + children : size * (1 + children);
}

function pageSize(field: FieldNode, variables: Variables): number | undefined {
  const argument = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
  if (!argument) return undefined;
  const size = literalOrVariable(argument.value, variables);
  return Number.isInteger(Number(size)) ? Number(size) : unsizedList;
}

function literalOrVariable(value: ValueNode, variables: Variables): unknown {
  if (value.kind === 'Variable') return variables[value.name.value];
  return value.kind === 'IntValue' ? value.value : undefined;
}

function countObjects(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((total, item) => total + countObjects(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((total, item) => total + countObjects(item), 1);
}
