//! A quick overview of what a user has watched, rated and wants to watch.

use super::layout::{self, escape};
use crate::catalogue::Catalogue;
use crate::item::Item;
use crate::message::Reply;
use crate::state::{Store, User};

/// Number of rows in each table.
const ROWS: usize = 50;

pub(super) fn index(store: &Store) -> Reply {
    let people: String = store
        .users
        .values()
        .map(|user| {
            format!(
                "<li><a href=\"/profile/{0}\">{0}</a>: {1} plays</li>",
                escape(&user.username),
                user.history.len()
            )
        })
        .collect();
    let body = format!(
        "<p>Point a Trakt client at <code>{}</code>.</p><h2>People</h2><ul>{people}</ul>\
         <p><a href=\"/activate\">Activate a device</a></p>",
        escape(&store.base_url)
    );
    layout::page(200, "Welcome", &body)
}

fn contents(store: &Store, user: &User) -> String {
    let catalogue = &store.catalogue;
    let history = user
        .history
        .newest()
        .take(ROWS)
        .map(|play| [name(play.item, catalogue), play.watched_at.format("%Y-%m-%d %H:%M").to_string()]);
    let mut ratings: Vec<_> = user.ratings.iter().collect();
    ratings.sort_by_key(|(_, rated)| std::cmp::Reverse(rated.rated_at));
    let ratings = ratings
        .into_iter()
        .take(ROWS)
        .map(|(item, rated)| [name(*item, catalogue), rated.rating.to_string()]);
    let watchlist = user.watchlist.items.iter().take(ROWS);
    let watchlist = watchlist
        .map(|listed| [name(listed.item, catalogue), listed.listed_at.format("%Y-%m-%d").to_string()]);
    let now = match user.watching_at(store.now()) {
        Some(watching) => {
            format!("<p role=\"status\">Watching now: {}</p>", escape(&name(watching.item, catalogue)))
        }
        None => String::new(),
    };
    let plays = user.history.len();
    let (history, ratings) = (table("history", history), table("ratings", ratings));
    let watchlist = table("watchlist", watchlist);
    format!(
        "{now}<h2>History ({plays} plays)</h2>{history}<h2>Ratings ({})</h2>{ratings}<h2>Watchlist ({})</h2>{watchlist}",
        user.ratings.len(),
        user.watchlist.items.len()
    )
}

pub(super) fn page(store: &Store, name: &str) -> Reply {
    match store.user(name) {
        Some(user) => layout::page(200, &user.username, &contents(store, user)),
        None => layout::page(404, "Not found", "<p>There is no such person.</p>"),
    }
}

fn table(id: &str, rows: impl Iterator<Item = [String; 2]>) -> String {
    let rows: String = rows
        .map(|[left, right]| format!("<tr><td>{}</td><td>{}</td></tr>", escape(&left), escape(&right)))
        .collect();
    match rows.as_str() {
        "" => format!("<p id=\"{id}\">Nothing yet.</p>"),
        rows => format!("<table id=\"{id}\">{rows}</table>"),
    }
}

fn name(item: Item, catalogue: &Catalogue) -> String {
    let show = |number| catalogue.show(number).map_or("", |show| &*show.facts.title);
    match item {
        Item::Movie(movie) => catalogue
            .movie(movie)
            .map(|movie| format!("{} ({})", movie.facts.title, movie.facts.year))
            .unwrap_or_default(),
        Item::Show(number) => show(number).to_owned(),
        Item::Season { show: number, season } => format!("{}, season {season}", show(number)),
        Item::Episode { show: number, season, number: episode } => {
            format!("{} {season}x{episode:02}", show(number))
        }
    }
}
