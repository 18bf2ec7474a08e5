import type { Message } from '../storage/conversations.ts';

const mostMessages = 100;
const mostCharacters = 16_000;
const longestText = 2_000;

/**
 * What a model is given costs the same, however much somebody writes: the newest texts, at least one, and of
 * a very long one its beginning and its end.
 */
export function boundTranscript(messages: readonly Message[]): readonly Message[] {
  const newest = messages.slice(-mostMessages).map(shorten);
  let room = mostCharacters;
  const first = newest.findLastIndex((message) => {
    room -= message.text.length;
    return room < 0;
  });
  return newest.slice(Math.min(first + 1, newest.length - 1));
}

function shorten(message: Message): Message {
  const { text } = message;
  if (text.length <= longestText) return message;
  const kept = `${text.slice(0, longestText - 700)} (…) ${text.slice(-600)}`;
  return { ...message, text: kept.toWellFormed() };
}
