/** What is said about an order beside its lines and its money. */

export const listExchangeVariants = /* GraphQL */ `
  query ListExchangeVariants($id: ID!) {
    product(id: $id) {
      variants(first: 100) {
        nodes {
          id
          title
          sku
          availableForSale
          sellableOnlineQuantity
          selectedOptions { name value }
        }
      }
    }
  }
`;

export const readStoreCredit = /* GraphQL */ `
  query ReadStoreCredit {
    storeCreditConfiguration { storeCreditEnabled }
  }
`;

export const cancelOrder = /* GraphQL */ `
  mutation CancelOrder(
    $id: ID!
    $reason: OrderCancelReason!
    $restock: Boolean!
    $refund: OrderCancelRefundMethodInput!
    $note: String!
  ) {
    orderCancel(
      orderId: $id
      reason: $reason
      restock: $restock
      refundMethod: $refund
      staffNote: $note
      notifyCustomer: false
    ) {
      job { id done }
      orderCancelUserErrors { code field message }
    }
  }
`;

export const readJob = /* GraphQL */ `
  query ReadJob($id: ID!) {
    job(id: $id) { id done }
  }
`;

/** Adds to what is there; `orderUpdate` would overwrite it. */
export const addTags = /* GraphQL */ `
  mutation AddTags($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) {
      userErrors { field message }
    }
  }
`;

/**
 * What only a policy asks about, apart from the order itself: an order is read without it where a scope is
 * missing.
 */
export const readOrderFacts = /* GraphQL */ `
  query ReadOrderFacts($id: ID!, $after: String) {
    order(id: $id) {
      tags
      discountCodes
      app { name }
      risk { assessments { riskLevel } }
      customer { tags numberOfOrders }
      lineItems(first: 50, after: $after) {
        nodes {
          id
          vendor
          originalUnitPriceSet { presentmentMoney { amount currencyCode } }
          product { id collections(first: 5) { nodes { handle } } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** From the newest 20 orders. What is longer than a page is not known. */
export const readRefundedLines = /* GraphQL */ `
  query ReadRefundedLines($id: ID!) {
    customer(id: $id) {
      orders(first: 20, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          refunds(first: 5) {
            id
            createdAt
            updatedAt
            refundLineItems(first: 3) {
              nodes { lineItem { sku } }
              pageInfo { hasNextPage }
            }
          }
        }
        pageInfo { hasNextPage }
      }
    }
  }
`;

/** Apart from the refunds: it alone needs the scope `read_returns`. */
export const readReturnedLines = /* GraphQL */ `
  query ReadReturnedLines($id: ID!) {
    customer(id: $id) {
      orders(first: 20, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          returns(first: 3, reverse: true) {
            nodes {
              createdAt
              status
              returnLineItems(first: 3) {
                nodes { ... on ReturnLineItem { fulfillmentLineItem { lineItem { sku } } } }
                pageInfo { hasNextPage }
              }
              refunds(first: 3) { nodes { id } }
            }
            pageInfo { hasNextPage }
          }
        }
      }
    }
  }
`;
