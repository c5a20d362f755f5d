//! `/users/saved_filters`: VIPs have one per section, others have none.

use serde_json::json;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::views::Stamp;

/// Section, path and query of each filter.
const FILTERS: [(&str, &str, &str); 4] = [
    ("movies", "/movies/popular", "years=1990-1999&ratings=70-100"),
    ("shows", "/shows/trending", "genres=drama"),
    ("calendars", "/calendars/my/shows", "countries=us"),
    ("search", "/search/movie,show", "languages=en"),
];

pub(super) fn read(context: &Context<'_>, path: &[&str]) -> Answer {
    let user = context.person("me")?;
    let section = match path {
        [] => None,
        [section] if FILTERS.iter().any(|(known, ..)| known == section) => Some(*section),
        _ => return Err(Refusal::NotFound),
    };
    if !user.vip {
        return Err(Refusal::VipOnly);
    }
    let filters: Vec<_> =
        (1_u64..).zip(FILTERS).filter(|(_, (of, ..))| section.is_none_or(|section| section == *of)).collect();
    context.paged(&filters, |(rank, (section, path, query))| {
        Some(json!({"rank": rank, "id": rank + 100, "section": section, "name": format!("My {section}"),
                    "path": path, "query": query, "updated_at": Stamp(user.joined_at)}))
    })
}
