/**
 * What is said about returns: Shopify's own objects for goods that travel back. None of the mutations
 * knows `@idempotent`, so each is read after before it is repeated.
 * https://shopify.dev/docs/apps/build/orders-fulfillment/returns-apps/build-return-management
 */

/** A full page may be a truncated one. */
export const returnableLimit = 10;

/** Returns name what was shipped, refunds what was ordered; this is the only way from one to the other. */
export const readReturnable = /* GraphQL */ `
  query ReadReturnable($id: ID!, $fulfillments: Int!) {
    returnableFulfillments(orderId: $id, first: $fulfillments) {
      nodes {
        returnableFulfillmentLineItems(first: 20) {
          nodes { quantity fulfillmentLineItem { id lineItem { id } } }
          pageInfo { hasNextPage }
        }
      }
    }
  }
`;

export const listReturnReasons = /* GraphQL */ `
  query ListReturnReasons {
    returnReasonDefinitions(first: 250, query: "deleted:false") {
      nodes { id handle name }
    }
  }
`;

export const calculateReturn = /* GraphQL */ `
  query CalculateReturn($orderId: ID!, $input: CalculateReturnInput!) {
    order(id: $orderId) { taxesIncluded }
    returnCalculate(input: $input) {
      returnLineItems {
        quantity
        fulfillmentLineItem { lineItem { id } }
        subtotalSet { presentmentMoney { amount currencyCode } }
        totalTaxSet { presentmentMoney { amount currencyCode } }
        restockingFee { amountSet { presentmentMoney { amount currencyCode } } }
      }
      exchangeLineItems {
        quantity
        variant { id }
        subtotalSet { presentmentMoney { amount currencyCode } }
        totalTaxSet { presentmentMoney { amount currencyCode } }
      }
      returnShippingFee { amountSet { presentmentMoney { amount currencyCode } } }
    }
  }
`;

/** A full page may be a truncated one. */
export const returnLimit = 20;

/** An order's returns with the notes on their lines, the only place where a return remembers whose it is. */
export const findReturns = /* GraphQL */ `
  query FindReturns($id: ID!, $returns: Int!) {
    order(id: $id) {
      returns(first: $returns, reverse: true) {
        nodes {
          id
          name
          status
          returnLineItems(first: 10) {
            nodes { returnReasonNote }
          }
        }
      }
    }
  }
`;

export const createReturn = /* GraphQL */ `
  mutation CreateReturn($input: ReturnInput!) {
    returnCreate(returnInput: $input) {
      return { id name status }
      userErrors { code field message }
    }
  }
`;

export const readReturn = /* GraphQL */ `
  query ReadReturn($id: ID!) {
    return(id: $id) {
      id
      name
      status
      createdAt
      closedAt
      order { id }
      returnLineItems(first: 20) {
        nodes {
          id
          quantity
          processableQuantity
          processedQuantity
          refundedQuantity
          returnReasonNote
          ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
        }
        pageInfo { hasNextPage }
      }
      exchangeLineItems(first: 10) {
        nodes { id quantity processedQuantity variantId }
        pageInfo { hasNextPage }
      }
      reverseFulfillmentOrders(first: 5) {
        nodes {
          id
          status
          lineItems(first: 20) {
            nodes {
              id
              totalQuantity
              fulfillmentLineItem { id lineItem { id } }
              dispositions { type quantity }
            }
            pageInfo { hasNextPage }
          }
          reverseDeliveries(first: 3) {
            nodes {
              id
              deliverable {
                ... on ReverseDeliveryShippingDeliverable {
                  tracking { number url carrierName }
                  label { publicFileUrl }
                }
              }
            }
          }
        }
        pageInfo { hasNextPage }
      }
      refunds(first: 10) {
        nodes {
          id
          createdAt
          updatedAt
          note
          totalRefundedSet { presentmentMoney { amount currencyCode } }
          transactions(first: 5) {
            nodes { kind status }
          }
        }
        pageInfo { hasNextPage }
      }
    }
  }
`;

export const suggestReturnOutcome = /* GraphQL */ `
  query SuggestReturnOutcome(
    $id: ID!
    $lines: [SuggestedOutcomeReturnLineItemInput!]!
    $exchanges: [SuggestedOutcomeExchangeLineItemInput!]!
    $shipping: RefundShippingInput
    $destination: RefundMethodAllocation
  ) {
    return(id: $id) {
      suggestedFinancialOutcome(
        returnLineItems: $lines
        exchangeLineItems: $exchanges
        refundShipping: $shipping
        refundMethodAllocation: $destination
      ) {
        maximumRefundable { presentmentMoney { amount currencyCode } }
        shipping { amountSet { presentmentMoney { amount currencyCode } } }
        financialTransfer {
          __typename
          ... on RefundReturnOutcome {
            amount { presentmentMoney { amount currencyCode } }
            suggestedTransactions {
              gateway
              amountSet { presentmentMoney { amount currencyCode } }
              parentTransaction { id }
            }
            suggestedRefundMethods {
              amount { presentmentMoney { amount currencyCode } }
            }
          }
          ... on InvoiceReturnOutcome {
            amount { presentmentMoney { amount currencyCode } }
          }
        }
      }
    }
  }
`;

export const processReturn = /* GraphQL */ `
  mutation ProcessReturn($input: ReturnProcessInput!) {
    returnProcess(input: $input) {
      return { id status }
      userErrors { code field message }
    }
  }
`;

export const cancelReturn = /* GraphQL */ `
  mutation CancelReturn($id: ID!) {
    returnCancel(id: $id, notifyCustomer: false) {
      return { id status }
      userErrors { code field message }
    }
  }
`;

export const closeReturn = /* GraphQL */ `
  mutation CloseReturn($id: ID!) {
    returnClose(id: $id) {
      return { id status }
      userErrors { code field message }
    }
  }
`;

export const attachLabel = /* GraphQL */ `
  mutation AttachLabel(
    $id: ID!
    $lines: [ReverseDeliveryLineItemInput!]!
    $label: ReverseDeliveryLabelInput
    $tracking: ReverseDeliveryTrackingInput
  ) {
    reverseDeliveryCreateWithShipping(
      reverseFulfillmentOrderId: $id
      reverseDeliveryLineItems: $lines
      labelInput: $label
      trackingInput: $tracking
      notifyCustomer: false
    ) {
      reverseDelivery { id }
      userErrors { code field message }
    }
  }
`;
