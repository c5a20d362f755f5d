use std::collections::HashSet;

use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// A server like Trakt: it clamps the limit, its counts lag behind, and it drops rows after the page was cut.
struct Server {
    rows: Vec<u64>,
    /// Rows that are counted and never delivered.
    dropped: HashSet<u64>,
    max_limit: u32,
    /// Added to the announced item count, from which the page count comes.
    lag: i64,
}

impl Server {
    fn new(rows: u64, max_limit: u32) -> Self {
        Self { rows: (0..rows).collect(), dropped: HashSet::new(), max_limit, lag: 0 }
    }

    fn delivered(&self) -> BTreeSet<String> {
        self.rows.iter().filter(|row| !self.dropped.contains(row)).map(u64::to_string).collect()
    }

    fn page(&self, page: u32) -> (PageInfo, Vec<String>) {
        let count = (self.rows.len() as i64 + self.lag).max(0) as u64;
        let info = PageInfo {
            page: Some(page),
            limit: Some(self.max_limit),
            page_count: Some(count.div_ceil(u64::from(self.max_limit)) as u32),
            item_count: Some(count),
        };
        let cut = self
            .rows
            .iter()
            .skip((page as usize - 1) * self.max_limit as usize)
            .take(self.max_limit as usize);
        (info, cut.filter(|row| !self.dropped.contains(row)).map(u64::to_string).collect())
    }

    fn walk(&self) -> (Walk, Completeness) {
        let mut walk = Walk::new(EndsAt::PageCount);
        loop {
            let (info, page) = self.page(walk.page());
            if let Next::End(completeness) = walk.take(&info, page.into_iter()) {
                return (walk, completeness);
            }
        }
    }
}

fn page_info(pages: u32, items: u64, limit: u32) -> PageInfo {
    PageInfo { page_count: Some(pages), item_count: Some(items), limit: Some(limit), page: None }
}

fn items(range: std::ops::Range<u32>) -> impl Iterator<Item = String> {
    range.map(|item| item.to_string())
}

proptest! {
    #[test]
    fn a_list_that_does_not_change_is_confirmed(count in 0u64..400, max_limit in 1u32..250) {
        let (walk, end) = Server::new(count, max_limit).walk();
        prop_assert_eq!((end, walk.distinct()), (Completeness::Confirmed, count));
    }

    /// Page counts that lag behind or run ahead lose nothing as long as the pages themselves are full.
    #[test]
    fn a_wrong_page_count_loses_no_items(count in 0u64..400, max_limit in 2u32..50, lag in -150i64..150) {
        let server = Server { lag, ..Server::new(count, max_limit) };
        let (walk, end) = server.walk();
        prop_assert_eq!(walk.distinct(), count);
        let agrees = walk.announced() == Some(count);
        prop_assert_eq!(end == Completeness::Confirmed, agrees);
    }

    /// Rows that are dropped after the page was cut make pages short, or empty, in the middle.
    #[test]
    fn dropped_rows_do_not_end_the_walk(
        count in 1u64..300,
        max_limit in 1u32..40,
        dropped in prop::collection::hash_set(0u64..300, 0..9),
    ) {
        let server = Server { dropped, ..Server::new(count, max_limit) };
        let (walk, end) = server.walk();
        prop_assert_ne!(end, Completeness::Partial);
        prop_assert_eq!(&walk.seen, &server.delivered());
        prop_assert_eq!(end == Completeness::Confirmed, walk.distinct() == count);
    }

    #[test]
    fn a_list_that_changes_between_pages_is_confirmed_only_if_it_is_whole(
        count in 2u64..120,
        max_limit in 1u32..40,
        change_after in 0u32..6,
        remove in any::<bool>(),
    ) {
        let mut server = Server::new(count, max_limit);
        let mut walk = Walk::new(EndsAt::PageCount);
        let end = loop {
            let (info, page) = server.page(walk.page());
            if let Next::End(end) = walk.take(&info, page.into_iter()) {
                break end;
            }
            if walk.page() == change_after + 2 {
                if remove { server.rows.remove(0); } else { server.rows.insert(0, 9_999); }
            }
        };
        if end == Completeness::Confirmed {
            prop_assert!(server.delivered().is_subset(&walk.seen));
        }
    }

    #[test]
    fn a_walk_always_ends(
        ends_at in prop_oneof![Just(EndsAt::PageCount), Just(EndsAt::EmptyPage), Just(EndsAt::FirstPage)],
        page_count in prop::option::of(any::<u32>()),
        item_count in prop::option::of(any::<u64>()),
        limit in prop::option::of(0u32..4),
        filled in 0u32..500,
    ) {
        let mut walk = Walk::new(ends_at);
        let info = PageInfo { page_count, item_count, limit, page: None };
        for page in 0..600 {
            let items = (page < filled).then(|| page.to_string());
            if walk.take(&info, items.into_iter()) != Next::Page {
                return Ok(());
            }
        }
        prop_assert!(false, "the walk does not end");
    }
}

#[test]
fn a_short_page_in_the_middle_does_not_end_the_walk() {
    let info = page_info(3, 3, 2);
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&info, items(0..1)), Next::Page);
    assert_eq!(walk.take(&info, items(1..2)), Next::Page);
    assert_eq!(walk.take(&info, items(2..3)), Next::End(Completeness::Confirmed));
}

/// 84 pages were announced and 88 existed: a client that stopped at 84 lost the oldest plays.
#[test]
fn pages_beyond_the_announced_end_are_read_while_they_are_full() {
    let info = page_info(1, 2, 2);
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&info, items(0..2)), Next::Page);
    assert_eq!(walk.take(&info, items(2..4)), Next::Page);
    assert_eq!(walk.take(&info, items(4..5)), Next::End(Completeness::Unconfirmed));
    assert_eq!(walk.distinct(), 5);
}

#[test]
fn a_list_without_end_is_abandoned_after_100_unannounced_pages() {
    let mut walk = Walk::new(EndsAt::PageCount);
    let info = page_info(3, 6, 2);
    while walk.take(&info, items(walk.page() * 2..walk.page() * 2 + 2)) == Next::Page {}
    assert_eq!(walk.page() - 1, 103);
}

#[test]
fn a_full_page_beyond_the_end_that_repeats_the_last_one_ends_the_walk() {
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&page_info(1, 2, 2), items(0..2)), Next::Page);
    assert_eq!(walk.take(&page_info(1, 2, 2), items(0..2)), Next::End(Completeness::Confirmed));
}

#[test]
fn an_empty_list_with_a_limit_of_0_is_confirmed() {
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&page_info(0, 0, 0), items(0..0)), Next::End(Completeness::Confirmed));
}

#[rstest]
#[case::page_count(EndsAt::PageCount, Completeness::Unconfirmed)]
#[case::empty_page(EndsAt::EmptyPage, Completeness::Confirmed)]
fn a_list_without_headers_ends_at_an_empty_page(#[case] ends_at: EndsAt, #[case] end: Completeness) {
    let mut walk = Walk::new(ends_at);
    let none = PageInfo::default();
    assert_eq!(walk.take(&none, items(0..2)), Next::Page);
    assert_eq!(walk.take(&none, items(2..3)), Next::Page);
    assert_eq!(walk.take(&none, items(3..3)), Next::End(end));
}

#[rstest]
#[case::a_cached_first_page(EndsAt::PageCount, Completeness::Partial)]
#[case::a_compact_response_in_one_piece(EndsAt::EmptyPage, Completeness::Unconfirmed)]
fn a_server_that_ignores_the_page_parameter_is_detected(#[case] ends_at: EndsAt, #[case] end: Completeness) {
    let mut walk = Walk::new(ends_at);
    assert_eq!(walk.take(&PageInfo::default(), items(0..2)), Next::Page);
    assert_eq!(walk.take(&PageInfo::default(), items(0..2)), Next::End(end));
}

#[test]
fn missing_headers_on_a_later_page_are_ignored() {
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&page_info(2, 3, 2), items(0..2)), Next::Page);
    assert_eq!(walk.take(&PageInfo::default(), items(2..3)), Next::End(Completeness::Confirmed));
}

#[test]
fn an_unpaged_list_is_complete_unless_its_headers_announce_more() {
    let mut walk = Walk::new(EndsAt::FirstPage);
    assert_eq!(walk.take(&PageInfo::default(), items(0..700)), Next::End(Completeness::Confirmed));

    let mut walk = Walk::new(EndsAt::FirstPage);
    assert_eq!(walk.take(&page_info(2, 150, 100), items(0..100)), Next::Page);
    assert_eq!(walk.take(&page_info(2, 150, 100), items(100..150)), Next::End(Completeness::Confirmed));
}

#[test]
fn headers_of_another_list_do_not_confirm_a_list() {
    let mut walk = Walk::new(EndsAt::PageCount);
    assert_eq!(walk.take(&page_info(1, 3, 10), items(0..100)), Next::Page);
    assert_eq!(walk.take(&page_info(1, 3, 10), items(100..100)), Next::End(Completeness::Unconfirmed));
}
