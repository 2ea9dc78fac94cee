// Makes a message fit: whole stories are left out from the end and counted; where one alone is too long, its passages are.
import { counted } from '../core/counted.ts';
import type { ChannelMessage, ChannelStory } from '../model/alert.ts';

/** The first of ever shorter messages whose form fits; the shortest where none does. */
export function fitted<Form>(
  message: ChannelMessage,
  form: (message: ChannelMessage) => Form,
  fits: (form: Form) => boolean,
): Form {
  const whole = form(message);
  if (fits(whole)) return whole;
  const count = mostThatFit(message.stories.length - 1, (stories) => fits(form(withStories(message, stories))));
  if (count > 0) return form(withStories(message, count));
  const shorter = shorterForms(message.stories.length > 1 ? withStories(message, 1) : message).map(form);
  return shorter.find(fits) ?? shorter.at(-1) ?? whole;
}

/** The largest number up to `most` that fits; 0 where 1 does not. More never fit where fewer do not. */
function mostThatFit(most: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function withStories(message: ChannelMessage, count: number): ChannelMessage {
  const left = message.stories.length - count;
  return {
    ...message,
    stories: message.stories.slice(0, count),
    notes: [
      ...(left === 0 ? [] : [`and ${counted(left, 'more story', 'more stories')}, not shown here`]),
      ...message.notes,
    ],
  };
}

/** Of one story: fewer passages, then fewer reasons and notes. */
function shorterForms(message: ChannelMessage): readonly ChannelMessage[] {
  const [story] = message.stories;
  if (story === undefined) return [withNotes(message, [])];
  const withPassages = (count: number): ChannelStory => ({ ...story, passages: story.passages.slice(0, count) });
  const leftOut = (count: number): readonly string[] => {
    const left = story.passages.length - count;
    return left === 0 ? [] : [`There was no room for ${counted(left, 'passage')}.`];
  };
  const counts = story.passages.map((_, at) => story.passages.length - 1 - at);
  const bare: ChannelStory = { ...withPassages(0), why: story.why.slice(0, 1), topics: story.topics.slice(0, 3) };
  const barest: ChannelStory = { ...bare, why: [], news: [], alsoIn: null, matchUrl: null };
  return [
    ...counts.map((count) =>
      withNotes({ ...message, stories: [withPassages(count)] }, [...leftOut(count), ...message.notes]),
    ),
    withNotes({ ...message, stories: [bare], introduction: message.introduction.slice(0, 1) }, leftOut(0)),
    withNotes({ ...message, stories: [barest], introduction: [] }, leftOut(0)),
  ];
}

const withNotes = (message: ChannelMessage, notes: readonly string[]): ChannelMessage => ({ ...message, notes });
