use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn of_member(member: &str, list: &str) -> Address {
    Address::OfMember { member: member.into(), list: list.into() }
}

#[rstest]
#[case::old_page("https://trakt.tv/users/sean/lists/rainy-sunday", of_member("sean", "rainy-sunday"))]
#[case::new_page("https://app.trakt.tv/users/sean/lists/rainy-sunday", of_member("sean", "rainy-sunday"))]
#[case::by_number("https://trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::www("https://www.trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::http("http://trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::no_scheme("trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::no_scheme_and_www("www.trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::relative_scheme("//app.trakt.tv/users/sean/lists/55", of_member("sean", "55"))]
#[case::trailing_slash("https://trakt.tv/users/sean/lists/55/", of_member("sean", "55"))]
#[case::doubled_slashes("https://trakt.tv//users/sean//lists/55", of_member("sean", "55"))]
#[case::query("https://trakt.tv/users/sean/lists/55?sort=rank,asc&display=movie", of_member("sean", "55"))]
#[case::fragment("https://trakt.tv/users/sean/lists/55#comments", of_member("sean", "55"))]
#[case::deeper("https://trakt.tv/users/sean/lists/55/comments/newest", of_member("sean", "55"))]
#[case::spaces_around("  https://trakt.tv/users/sean/lists/55\n", of_member("sean", "55"))]
#[case::in_angle_brackets("<https://trakt.tv/users/sean/lists/55>", of_member("sean", "55"))]
#[case::upper_case("HTTPS://TRAKT.TV/Users/Sean/Lists/Rainy-Sunday", of_member("Sean", "Rainy-Sunday"))]
#[case::port("https://trakt.tv:443/users/sean/lists/55", of_member("sean", "55"))]
#[case::encoded("https://trakt.tv/users/s%C3%A9an/lists/a%20b", of_member("séan", "a b"))]
#[case::own("https://app.trakt.tv/users/me/lists/gift-ideas", of_member("me", "gift-ideas"))]
#[case::a_list_named_movies("https://app.trakt.tv/users/sean/lists/movies", of_member("sean", "movies"))]
#[case::profile("https://app.trakt.tv/profile/sean/lists/55", of_member("sean", "55"))]
#[case::api("https://api.trakt.tv/users/sean/lists/55/items/movie,show", of_member("sean", "55"))]
#[case::by_number_alone("https://trakt.tv/lists/2142753", Address::List("2142753".into()))]
#[case::api_by_number("https://api.trakt.tv/lists/2142753/items", Address::List("2142753".into()))]
#[case::official_by_slug("https://trakt.tv/lists/official/mcu", Address::List("mcu".into()))]
#[case::official_by_number("https://app.trakt.tv/lists/official/824?type=media", Address::List("824".into()))]
#[case::official_without_the_word("https://trakt.tv/lists/star-wars", Address::List("star-wars".into()))]
#[case::smart_page("https://app.trakt.tv/lists/smart/view/77?mode=movie", Address::Smart("77".into()))]
#[case::smart_editor("https://app.trakt.tv/lists/smart/edit/nineties-77", Address::Smart("nineties-77".into()))]
#[case::smart_of_the_api("https://api.trakt.tv/smart-lists/77/items", Address::Smart("77".into()))]
#[case::smart_of_member(
    "https://api.trakt.tv/users/sean/smart-lists/nineties-77",
    Address::SmartOfMember { member: "sean".into(), list: "nineties-77".into() }
)]
#[case::watchlist("https://trakt.tv/users/sean/watchlist?sort=added", Address::Watchlist("sean".into()))]
#[case::watchlist_part("https://trakt.tv/users/sean/watchlist/movies", Address::Watchlist("sean".into()))]
#[case::own_watchlist("app.trakt.tv/watchlist", Address::Watchlist("me".into()))]
#[case::favorites("https://app.trakt.tv/users/sean/favorites", Address::Favorites("sean".into()))]
#[case::older_favorites("https://trakt.tv/users/sean/recommendations", Address::Favorites("sean".into()))]
#[case::collection("https://trakt.tv/users/sean/collection/movies/added", Address::Collection("sean".into()))]
#[case::library("https://app.trakt.tv/users/sean/library?library=plex", Address::Collection("sean".into()))]
fn every_form_of_address_identifies_its_list(#[case] text: &str, #[case] expected: Address) {
    assert_eq!(text.parse(), Ok(expected));
}

#[rstest]
#[case::empty("", NoAddress::Empty)]
#[case::blank(" \n", NoAddress::Empty)]
#[case::words("my favourite list", NoAddress::NotTrakt)]
#[case::another_site("https://mdblist.com/lists/official/movies", NoAddress::NotTrakt)]
#[case::a_site_that_ends_alike("https://nottrakt.tv/users/sean/lists/55", NoAddress::NotTrakt)]
#[case::a_site_that_begins_alike("https://trakt.tv.example.org/users/sean/lists/55", NoAddress::NotTrakt)]
#[case::trakt_as_user("https://trakt.tv@example.org/users/sean/lists/55", NoAddress::NotTrakt)]
#[case::no_web_page("ftp://trakt.tv/users/sean/lists/55", NoAddress::NotTrakt)]
#[case::script("javascript://trakt.tv/users/sean/lists/55", NoAddress::NotTrakt)]
#[case::home("https://trakt.tv", NoAddress::NoList)]
#[case::profile("https://trakt.tv/users/sean", NoAddress::NoList)]
#[case::all_lists("https://trakt.tv/users/sean/lists", NoAddress::NoList)]
#[case::all_lists_slash("https://trakt.tv/users/sean/lists/", NoAddress::NoList)]
#[case::liked_lists("https://app.trakt.tv/users/me/lists/view/liked", NoAddress::NoList)]
#[case::collaborations("https://trakt.tv/users/sean/lists/collaborations", NoAddress::NoList)]
#[case::official_lists("https://trakt.tv/lists/official", NoAddress::NoList)]
#[case::trending_lists("https://trakt.tv/lists/trending", NoAddress::NoList)]
#[case::popular_lists("https://trakt.tv/lists/popular/official", NoAddress::NoList)]
#[case::smart_lists("https://app.trakt.tv/lists/smart/view", NoAddress::NoList)]
#[case::new_smart_list("https://app.trakt.tv/lists/smart/create", NoAddress::NoList)]
#[case::history("https://trakt.tv/users/sean/history", NoAddress::NoList)]
#[case::a_movie("https://trakt.tv/movies/tron-legacy-2010", NoAddress::NoList)]
#[case::a_hidden_slash("https://trakt.tv/users/sean/lists/a%2Fb", NoAddress::NoList)]
#[case::a_hidden_climb("https://trakt.tv/users/sean/lists/%2e%2e", NoAddress::NoList)]
#[case::a_control_character("https://trakt.tv/users/sean/lists/a%00b", NoAddress::NoList)]
fn any_other_text_is_rejected(#[case] text: &str, #[case] expected: NoAddress) {
    assert_eq!(text.parse::<Address>(), Err(expected));
}

#[rstest]
#[case::of_a_member(Place::List { number: 55, owner: Some("sean".into()) }, of_member("sean", "55"))]
#[case::official(Place::List { number: 55, owner: None }, Address::List("55".into()))]
#[case::smart(Place::Smart { number: 77 }, Address::Smart("77".into()))]
#[case::watchlist(Place::Watchlist("sean".into()), Address::Watchlist("sean".into()))]
#[case::favorites(Place::Favorites("sean".into()), Address::Favorites("sean".into()))]
#[case::collection(Place::Collection("sean".into()), Address::Collection("sean".into()))]
fn the_page_of_a_list_parses_as_its_address(#[case] place: Place, #[case] expected: Address) {
    assert_eq!(page(&place).parse(), Ok(expected));
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,300}") {
        let _ = text.parse::<Address>();
    }

    /// The address of a list identifies its member and list, however it is written.
    #[test]
    fn scheme_host_and_tail_do_not_matter(
        scheme in prop::sample::select(vec!["", "http://", "https://", "//"]),
        host in prop::sample::select(vec!["trakt.tv", "www.trakt.tv", "app.trakt.tv", "Trakt.TV"]),
        member in "[a-z0-9]{1,20}(-[a-z0-9]{1,5})?",
        list in "[a-z0-9]{1,20}",
        tail in prop::sample::select(vec!["", "/", "?sort=rank,asc", "/?page=2", "#top"]),
    ) {
        let text = format!("{scheme}{host}/users/{member}/lists/{list}{tail}");
        prop_assert_eq!(text.parse(), Ok(of_member(&member, &list)));
    }
}
