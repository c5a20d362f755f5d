//! Walking through the pages of a list: pure, so that it can be tested by properties.

use std::collections::HashSet;

use super::PageInfo;

/// What comes after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another page: [`Walk::page`].
    Page,
    /// That was the last one, and every item arrived.
    Complete,
    /// That was the last one, and the counts do not add up: the list moved.
    Moved,
}

/// The state of one walk from the first page to the last.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    done: u32,
    seen: HashSet<String>,
    expected: Option<u64>,
    limit: Option<u32>,
    shifted: bool,
    empty: u32,
}

impl Walk {
    /// Before the first page.
    pub fn new() -> Self {
        Self::default()
    }

    /// The page to read, counted from 1.
    pub fn page(&self) -> u32 {
        self.done + 1
    }

    /// How many distinct items have come.
    pub fn distinct(&self) -> u64 {
        self.seen.len() as u64
    }

    /// How many items the headers promised.
    pub fn expected(&self) -> u64 {
        self.expected.unwrap_or_else(|| self.distinct())
    }

    /// Takes a page: its headers and the identities of its items.
    pub fn take(&mut self, info: &PageInfo, items: impl Iterator<Item = String>) -> Next {
        let count = self.new_items(items).len();
        self.advance(info, count)
    }

    /// Remembers the items of a page and tells which of them are new.
    pub fn new_items(&mut self, items: impl Iterator<Item = String>) -> Vec<bool> {
        items.map(|item| self.seen.insert(item)).collect()
    }

    /// Moves on after a page that held `count` items.
    pub fn advance(&mut self, info: &PageInfo, count: usize) -> Next {
        self.done += 1;
        // A count or page size that changes between pages means that the pages do not fit together.
        self.shifted |=
            self.expected.is_some() && info.item_count.is_some() && self.expected != info.item_count;
        self.shifted |= self.limit.is_some() && info.limit.is_some() && self.limit != info.limit;
        self.expected = info.item_count.or(self.expected);
        self.limit = info.limit.or(self.limit);
        self.empty = if count == 0 { self.empty + 1 } else { 0 };

        // The page count decides, never a short page (trakt-api issue 651). Two empty pages in a row end a walk whose
        // page count promises pages without end.
        let last = info.page_count.is_none_or(|pages| self.done >= pages);
        if !last && self.empty < 2 {
            Next::Page
        } else if !self.shifted && self.distinct() == self.expected() {
            Next::Complete
        } else {
            Next::Moved
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A server that clamps the limit, as Trakt does.
    fn serve(items: &[u64], page: u32, asked: u32, most: u32) -> (PageInfo, Vec<String>) {
        let limit = asked.min(most) as usize;
        let start = (page as usize - 1) * limit;
        let info = PageInfo {
            page: Some(page),
            limit: Some(limit as u32),
            page_count: Some(items.len().div_ceil(limit) as u32),
            item_count: Some(items.len() as u64),
        };
        (info, items.iter().skip(start).take(limit).map(u64::to_string).collect())
    }

    fn walk(items: &[u64], asked: u32, most: u32) -> (Walk, Next) {
        let mut walk = Walk::new();
        loop {
            let (info, page) = serve(items, walk.page(), asked, most);
            match walk.take(&info, page.into_iter()) {
                Next::Page => {}
                end => return (walk, end),
            }
        }
    }

    proptest! {
        #[test]
        fn a_list_that_stands_still_is_always_complete(count in 0u64..400, asked in 1u32..1_000, most in 1u32..250) {
            let items: Vec<u64> = (0..count).collect();
            let (walk, end) = walk(&items, asked, most);
            prop_assert_eq!((end, walk.distinct()), (Next::Complete, count));
        }

        #[test]
        fn a_list_that_loses_or_gains_items_between_pages_is_never_called_complete_unless_it_is(
            count in 2u64..120,
            most in 1u32..40,
            change_after in 0u32..6,
            remove in any::<bool>(),
        ) {
            let mut items: Vec<u64> = (0..count).collect();
            let mut walk = Walk::new();
            let mut got = HashSet::new();
            let end = loop {
                let (info, page) = serve(&items, walk.page(), 250, most);
                got.extend(page.iter().cloned());
                let next = walk.take(&info, page.into_iter());
                if next != Next::Page {
                    break next;
                }
                if walk.page() == change_after + 2 {
                    if remove { items.remove(0); } else { items.insert(0, 9_999); }
                }
            };
            if end == Next::Complete {
                prop_assert!(items.iter().all(|item| got.contains(&item.to_string())));
            }
        }

        #[test]
        fn a_walk_always_ends(page_count in any::<u32>(), item_count in any::<u64>(), filled in 0u32..5) {
            let mut walk = Walk::new();
            let info = PageInfo { page_count: Some(page_count), item_count: Some(item_count), ..PageInfo::default() };
            for page in 0..10 {
                let items = (page < filled).then(|| page.to_string());
                if walk.take(&info, items.into_iter()) != Next::Page {
                    return Ok(());
                }
            }
            prop_assert!(false, "still walking");
        }
    }

    #[test]
    fn a_short_page_in_the_middle_does_not_end_the_walk() {
        let info = PageInfo { page_count: Some(3), item_count: Some(3), limit: Some(2), page: None };
        let mut walk = Walk::new();
        assert_eq!(walk.take(&info, ["a".to_owned()].into_iter()), Next::Page);
        assert_eq!(walk.take(&info, ["b".to_owned()].into_iter()), Next::Page);
        assert_eq!(walk.take(&info, ["c".to_owned()].into_iter()), Next::Complete);
    }

    #[test]
    fn a_list_without_headers_is_one_complete_page() {
        let mut walk = Walk::new();
        assert_eq!(walk.take(&PageInfo::default(), ["a".to_owned()].into_iter()), Next::Complete);
    }

    #[test]
    fn a_page_count_that_is_too_small_is_noticed() {
        let info = PageInfo { page_count: Some(1), item_count: Some(150), limit: Some(100), page: None };
        let mut walk = Walk::new();
        assert_eq!(walk.take(&info, (0..100).map(|item: u32| item.to_string())), Next::Moved);
    }
}
