/** What is below a question that a plain yes or no answers. */
export const yesOrNo = [{ title: 'Yes' }, { title: 'No' }] as const;
