import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'src/sandbox/admin-schema.graphql',
  documents: 'src/adapters/shopify/*documents.ts',
  generates: {
    'src/adapters/shopify/generated.ts': {
      plugins: ['typescript-operations'],
      config: {
        scalars: {
          DateTime: 'string',
          Decimal: 'string',
          ID: 'string',
          Money: 'string',
          URL: 'string',
          UnsignedInt64: 'string',
        },
        enumType: 'string-literal',
        immutableTypes: true,
        skipTypename: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
