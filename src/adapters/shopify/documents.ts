/**
 * What is said about orders, customers and refunds. The schema in `src/sandbox/admin-schema.graphql` and
 * the types in `generated.ts` are made from these texts, so nothing else needs to be kept in step.
 *
 * Page sizes are bounded by cost: Shopify refuses a query of more than 1,000 points before running it,
 * and counts one point for every object that could come back.
 * https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
 */

/** Oldest first: where the search matches the beginning of a name, #100 comes before #1000. */
export const findOrdersByName = /* GraphQL */ `
  query FindOrdersByName($search: String!) {
    orders(first: 10, query: $search, sortKey: PROCESSED_AT, reverse: false) {
      nodes { id name }
    }
  }
`;

/** `fulfillments` and `refunds` have no cursor: a full page may be a truncated one. */
export const shipmentLimit = 12;
export const refundLimit = 25;

export const readOrder = /* GraphQL */ `
  query ReadOrder($id: ID!, $shipments: Int!, $refunds: Int!) {
    order(id: $id) {
      id
      name
      processedAt
      cancelledAt
      currencyCode
      presentmentCurrencyCode
      email
      phone
      shippingAddress { zip phone countryCodeV2 }
      billingAddress { zip phone countryCodeV2 }
      customer {
        id
        displayName
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
      }
      lineItems(first: 30) {
        nodes {
          id
          title
          variantTitle
          sku
          quantity
          refundableQuantity
          unfulfilledQuantity
          isGiftCard
          requiresShipping
          discountedUnitPriceAfterAllDiscountsSet { presentmentMoney { amount currencyCode } }
          product { tags productType }
        }
        pageInfo { hasNextPage endCursor }
      }
      fulfillments(first: $shipments) {
        id
        status
        createdAt
        deliveredAt
        fulfillmentLineItems(first: 10) {
          nodes { quantity lineItem { id } }
          pageInfo { hasNextPage endCursor }
        }
      }
      refunds(first: $refunds) {
        id
        createdAt
        updatedAt
        note
        totalRefundedSet { presentmentMoney { amount currencyCode } }
        transactions(first: 5) {
          nodes { kind status }
        }
      }
      totalReceivedSet { presentmentMoney { amount currencyCode } }
      totalRefundedSet { presentmentMoney { amount currencyCode } }
    }
  }
`;

export const readMoreLines = /* GraphQL */ `
  query ReadMoreLines($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: 100, after: $after) {
        nodes {
          id
          title
          variantTitle
          sku
          quantity
          refundableQuantity
          unfulfilledQuantity
          isGiftCard
          requiresShipping
          discountedUnitPriceAfterAllDiscountsSet { presentmentMoney { amount currencyCode } }
          product { tags productType }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

export const readMoreShippedLines = /* GraphQL */ `
  query ReadMoreShippedLines($id: ID!, $after: String) {
    fulfillment(id: $id) {
      fulfillmentLineItems(first: 100, after: $after) {
        nodes { quantity lineItem { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

export const listOrdersByPhone = /* GraphQL */ `
  query ListOrdersByPhone($phone: String!) {
    customerByIdentifier(identifier: { phoneNumber: $phone }) {
      orders(first: 10, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          id
          name
          processedAt
          lineItems(first: 10) {
            nodes { title quantity }
          }
        }
      }
    }
  }
`;

/** Orders bear the address of their sale, which guests have too; a customer's others bear an older one or none. */
export const listOrdersByEmail = /* GraphQL */ `
  query ListOrdersByEmail($search: String!, $email: String!) {
    orders(first: 10, query: $search, sortKey: PROCESSED_AT, reverse: true) {
      nodes {
        id
        name
        processedAt
        email
        lineItems(first: 10) {
          nodes { title quantity }
        }
      }
    }
    customerByIdentifier(identifier: { emailAddress: $email }) {
      defaultEmailAddress { emailAddress }
      orders(first: 10, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          id
          name
          processedAt
          lineItems(first: 10) {
            nodes { title quantity }
          }
        }
      }
    }
  }
`;

export const readEarlierRefunds = /* GraphQL */ `
  query ReadEarlierRefunds($id: ID!) {
    customer(id: $id) {
      orders(first: 20, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          name
          refunds(first: 5) {
            createdAt
            updatedAt
            totalRefundedSet { presentmentMoney { amount currencyCode } }
          }
        }
      }
    }
  }
`;

/** Apart from the refunds: it alone needs the scope `read_returns`. */
export const readEarlierReturns = /* GraphQL */ `
  query ReadEarlierReturns($id: ID!) {
    customer(id: $id) {
      orders(first: 20, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          name
          returns(first: 5, reverse: true) {
            nodes { name status }
          }
        }
      }
    }
  }
`;

export const suggestRefund = /* GraphQL */ `
  query SuggestRefund(
    $id: ID!
    $lines: [RefundLineItemInput!]!
    $shipping: Boolean!
    $destination: RefundMethodAllocation!
  ) {
    order(id: $id) {
      suggestedRefund(
        refundLineItems: $lines
        refundShipping: $shipping
        refundMethodAllocation: $destination
      ) {
        amountSet { presentmentMoney { amount currencyCode } }
        maximumRefundableSet { presentmentMoney { amount currencyCode } }
        shipping { amountSet { presentmentMoney { amount currencyCode } } }
        suggestedTransactions {
          gateway
          amountSet { presentmentMoney { amount currencyCode } }
          parentTransaction { id }
        }
        suggestedRefundMethods {
          amount { presentmentMoney { amount currencyCode } }
        }
      }
    }
  }
`;

export const createRefund = /* GraphQL */ `
  mutation CreateRefund($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund {
        id
        totalRefundedSet { presentmentMoney { amount currencyCode } }
        transactions(first: 5) {
          nodes { kind status }
        }
      }
      userErrors { field message }
    }
  }
`;
