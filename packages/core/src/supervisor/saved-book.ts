import { mergeSaved, nothingSaved, type SavedPools } from '@holdfast/healthcheck';

/** What the workers have reported of their pools, put together only when somebody asks, or when much was noted. */
export interface SavedBook {
  note(news: SavedPools): void;
  change(how: (saved: SavedPools) => SavedPools): void;
  read(): SavedPools;
}

/** News kept by themselves: each is small, and putting them together costs as much as there are pools. */
const mostNews = 256;

export function savedBook(saved: SavedPools = nothingSaved): SavedBook {
  let known = saved;
  let news: SavedPools[] = [];
  const read = (): SavedPools => {
    if (news.length > 0) known = mergeSaved(known, ...news);
    news = [];
    return known;
  };
  return {
    note(latest) {
      news.push(latest);
      if (news.length >= mostNews) read();
    },
    change(how) {
      known = how(read());
    },
    read,
  };
}
