//! `/calendars/{my|all}/...`: upcoming broadcasts and releases.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use hyper::Method;
use serde_json::{Map, Value, json};

use super::context::{Answer, Context};
use super::filters::{Filters, Title};
use super::refusal::Refusal;
use crate::catalogue::{Catalogue, Show};
use crate::clock::parse_time;
use crate::item::Item;
use crate::state::User;
use crate::views::{Stamp, With};

/// Number of days between the premiere of a film and its release on disc.
const DAYS_TO_DVD: i64 = 90;

/// Longest time span of a response, in days.
const LONGEST: i64 = 33;

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    let (target, rest) = path.split_first().ok_or(Refusal::NotFound)?;
    let mine = match *target {
        "my" => Some(context.me()?),
        "all" => None,
        _ => return Err(Refusal::NotFound),
    };
    match rest {
        ["shows", "new" | "premieres" | "finales", span @ ..] => {
            let kind = rest[1];
            shows(context, mine.as_deref(), Span::read(context, span)?, kind)
        }
        ["shows", span @ ..] => shows(context, mine.as_deref(), Span::read(context, span)?, "all"),
        ["movies", span @ ..] => {
            movies(context, mine.as_deref(), Span::read(context, span)?, Duration::zero())
        }
        ["dvd" | "streaming", span @ ..] => {
            movies(context, mine.as_deref(), Span::read(context, span)?, Duration::days(DAYS_TO_DVD))
        }
        _ => Err(Refusal::NotFound),
    }
}

struct Span {
    from: NaiveDate,
    until: NaiveDate,
}

impl Span {
    /// Parses `[/{start_date}[/{days}]]`: a week from today if omitted.
    fn read(context: &Context<'_>, path: &[&str]) -> Result<Self, Refusal> {
        let from = match path.first() {
            Some(text) => {
                parse_time(text).ok_or(Refusal::BadRequest("start_date reads YYYY-MM-DD"))?.date_naive()
            }
            None => context.now.date_naive(),
        };
        let days = match path.get(1) {
            Some(text) => text.parse().map_err(|_| Refusal::BadRequest("days is a whole number"))?,
            None => 7,
        };
        Ok(Self { from, until: from + Duration::days(i64::clamp(days, 1, LONGEST)) })
    }

    fn holds(&self, day: NaiveDate) -> bool {
        (self.from..self.until).contains(&day)
    }
}

/// Returns whether a title is in a user's calendar: started, on the watchlist or collected, and not hidden.
fn follows(user: &User, title: Title<'_>) -> bool {
    let item = title.item();
    let begun = match item {
        Item::Show(show) => user.history.watched_of_show(show).next().is_some(),
        item => user.history.watched_item(item).is_some(),
    };
    let collected = user.collection.keys().any(|collected| item.holds(*collected));
    let hidden = user.is_hidden("calendar", item) || user.is_hidden("dropped", item);
    (begun || collected || user.watchlist.has(item)) && !hidden
}

fn shows(context: &Context<'_>, mine: Option<&str>, span: Span, kind: &str) -> Answer {
    let filters = Filters::read(context)?;
    let user = mine.and_then(|name| context.store.user(name));
    let catalogue: &Catalogue = &context.store.catalogue;
    let mut airing: Vec<(DateTime<Utc>, Item)> = Vec::new();
    let followed = catalogue.shows().iter().filter(|show| {
        let title = Title::Show(show);
        user.is_none_or(|user| follows(user, title)) && filters.allow(title, user)
    });
    for show in followed {
        airing.extend(episodes(show, &span, kind));
    }
    airing.sort();
    let views = context.views();
    context.whole(&airing, |(at, item)| {
        let members = Map::from_iter([("first_aired".to_owned(), json!(Stamp(*at)))]);
        Some(With { members, item: views.view().item(*item)? })
    })
}

fn episodes(show: &Show, span: &Span, kind: &str) -> Vec<(DateTime<Utc>, Item)> {
    let mut airing = Vec::new();
    for season in show.seasons.iter().filter(|season| season.number > 0) {
        for number in 1..=season.episode_count {
            let wanted = match kind {
                "new" => season.number == 1 && number == 1,
                "premieres" => number == 1,
                "finales" => number == season.episode_count,
                _ => true,
            };
            let at = season.aired_at(number);
            if wanted && span.holds(at.date_naive()) {
                airing
                    .push((at, Item::Episode { show: show.facts.ids.trakt, season: season.number, number }));
            }
        }
    }
    airing
}

/// Returns films whose release is this long after their premiere.
fn movies(context: &Context<'_>, mine: Option<&str>, span: Span, after: Duration) -> Answer {
    let filters = Filters::read(context)?;
    let user = mine.and_then(|name| context.store.user(name));
    let mut out: Vec<(NaiveDate, Item)> = context
        .store
        .catalogue
        .movies()
        .iter()
        .filter(|movie| span.holds(movie.released + after))
        .map(Title::Movie)
        .filter(|title| user.is_none_or(|user| follows(user, *title)) && filters.allow(*title, user))
        .map(|title| (title.released() + after, title.item()))
        .collect();
    out.sort();
    let views = context.views();
    context.whole(&out, |(day, item)| {
        let members: Map<String, Value> = Map::from_iter([("released".to_owned(), json!(day.to_string()))]);
        Some(With { members, item: views.view().item(*item)? })
    })
}
