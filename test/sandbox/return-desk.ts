import { found, openShop } from './shop-desk.ts';

type Problem = { readonly code: string; readonly field: readonly string[] | null; readonly message: string };
type Money = { readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string } };
type Answered = { readonly return: { readonly id: string; readonly status: string } | null } & {
  readonly userErrors: readonly Problem[];
};
export type Outcome = {
  readonly maximumRefundable: Money;
  readonly financialTransfer: {
    readonly __typename: string;
    readonly amount: Money;
    readonly suggestedTransactions?: readonly {
      readonly amountSet: Money;
      readonly parentTransaction: { readonly id: string };
    }[];
    readonly suggestedRefundMethods?: readonly { readonly amount: Money }[];
  } | null;
};

export type ReturnWish = {
  readonly number: string;
  readonly line: string;
  readonly quantity?: number;
  readonly percentage?: number;
  readonly reason?: string;
  readonly note?: string;
  readonly shippingFee?: string;
  readonly exchangeFor?: string;
  readonly exchangeQuantity?: number;
};

/** The desk of a shop at which returns are made, sent and processed. */
export function openReturnDesk(...options: Parameters<typeof openShop>) {
  const desk = openShop(...options);

  async function send(document: string, variables: Record<string, unknown>): Promise<unknown> {
    const { data, errors } = await desk.ask(document, variables);
    if (errors) throw new Error(errors[0]?.message);
    return Object.values(data ?? {})[0];
  }

  const last = () => found(desk.shop.returns().at(-1));

  function inputOf(wish: ReturnWish) {
    const order = desk.order(wish.number);
    const lineId = desk.line(wish.number, wish.line).id;
    const sent = order.fulfillments.flatMap(({ lines }) => lines).find((line) => line.lineId === lineId);
    return {
      orderId: order.id,
      returnLineItems: [
        {
          fulfillmentLineItemId: sent?.id ?? lineId.replace('LineItem', 'FulfillmentLineItem'),
          quantity: wish.quantity ?? 1,
          ...(wish.percentage !== undefined && { restockingFee: { percentage: wish.percentage } }),
        },
      ],
      ...(wish.shippingFee && {
        returnShippingFee: { amount: { amount: wish.shippingFee, currencyCode: order.currency } },
      }),
      ...(wish.exchangeFor && {
        exchangeLineItems: [{ variantId: wish.exchangeFor, quantity: wish.exchangeQuantity ?? 1 }],
      }),
    };
  }

  return {
    ...desk,
    send,
    variant(title: string, variant: string): string {
      const product = desk.state.products?.find((each) => each.title === title);
      return found(product?.variants.find((each) => each.title === variant)).id;
    },
    last,
    async calculate(wish: ReturnWish) {
      const answer = await send(calculateReturn, { input: inputOf(wish) });
      return answer as { readonly returnLineItems: readonly { readonly [field: string]: unknown }[] };
    },
    async create(wish: ReturnWish): Promise<Answered> {
      const input = inputOf(wish);
      const [line] = input.returnLineItems;
      const reason = { returnReasonDefinitionId: wish.reason, returnReasonNote: wish.note };
      const answer = await send(createReturn, {
        input: { ...input, returnLineItems: [{ ...line, ...reason }] },
      });
      return answer as Answered;
    },
    async outcome(quantity: number, options: Record<string, unknown> = {}): Promise<Outcome> {
      const { id, lines, exchanges } = last();
      const variables = {
        id,
        lines: lines.map((line) => ({ id: line.id, quantity })),
        exchanges: exchanges.map((line) => ({ id: line.id, quantity: line.quantity })),
        ...options,
      };
      const answer = (await send(readOutcome, variables)) as { suggestedFinancialOutcome: Outcome };
      return answer.suggestedFinancialOutcome;
    },
    /** Pieces of the first line of the last return; `refund` is what financialTransfer issues. */
    async process(quantity: number, refund?: Record<string, unknown>, more: Record<string, unknown> = {}) {
      const { id, lines, exchanges } = last();
      const input = {
        returnId: id,
        returnLineItems: lines.map((line) => ({ id: line.id, quantity })),
        exchangeLineItems: exchanges.map((line) => ({ id: line.id, quantity: line.quantity })),
        ...(refund && { financialTransfer: { issueRefund: { orderTransactions: [], ...refund } } }),
        ...more,
      };
      return (await send(processReturn, { input })) as Answered;
    },
    /** As an outcome suggests it. */
    transactions(outcome: Outcome) {
      return (outcome.financialTransfer?.suggestedTransactions ?? []).map((each) => ({
        parentId: each.parentTransaction.id,
        transactionAmount: each.amountSet.presentmentMoney,
      }));
    },
    payment(number: string, amount: string) {
      const { payments, currency } = desk.order(number);
      const transactionAmount = { amount, currencyCode: currency };
      return { orderTransactions: [{ parentId: found(payments[0]).id, transactionAmount }] };
    },
    credit(amount: string, currencyCode = 'USD') {
      return { refundMethods: [{ storeCreditRefund: { amount: { amount, currencyCode } } }] };
    },
    async end(what: 'returnCancel' | 'returnClose', id = last().id): Promise<Answered> {
      const document = `mutation ($id: ID!) { ${what}(id: $id) { return { id status } userErrors { code field message } } }`;
      return (await send(document, { id })) as Answered;
    },
  };
}

const answered = '{ return { id status } userErrors { code field message } }';
const money = '{ presentmentMoney { amount currencyCode } }';
const calculateReturn = `query ($input: CalculateReturnInput!) { returnCalculate(input: $input) {
  returnLineItems { quantity subtotalSet ${money} totalTaxSet ${money} restockingFee { amountSet ${money} } }
  returnShippingFee { amountSet ${money} }
} }`;
const createReturn = `mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) ${answered} }`;
const processReturn = `mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) ${answered} }`;
const readOutcome = `query (
  $id: ID!
  $lines: [SuggestedOutcomeReturnLineItemInput!]!
  $exchanges: [SuggestedOutcomeExchangeLineItemInput!]!
  $shipping: RefundShippingInput
  $destination: RefundMethodAllocation
) { return(id: $id) { suggestedFinancialOutcome(
  returnLineItems: $lines exchangeLineItems: $exchanges
  refundShipping: $shipping refundMethodAllocation: $destination
) {
  maximumRefundable ${money}
  financialTransfer {
    __typename
    ... on RefundReturnOutcome {
      amount ${money}
      suggestedTransactions { amountSet ${money} parentTransaction { id } }
      suggestedRefundMethods { amount ${money} }
    }
    ... on InvoiceReturnOutcome { amount ${money} }
  }
} } }`;
