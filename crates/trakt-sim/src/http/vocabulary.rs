//! `/genres`, `/languages`, `/countries`, `/certifications`, `/networks`.

use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::catalogue::{
    COUNTRIES, LANGUAGES, MOVIE_CERTIFICATIONS, MOVIE_GENRES, NETWORKS, SHOW_CERTIFICATIONS, SHOW_GENRES,
    Term,
};
use crate::message::Reply;

/// Returns the response if the path is one of these.
pub(super) fn answer(context: &Context<'_>, path: &[&str]) -> Option<Answer> {
    let (what, kind) = path.split_first()?;
    if !["genres", "languages", "countries", "certifications", "networks"].contains(what) {
        return None;
    }
    if context.request.method != Method::GET {
        return Some(Err(Refusal::MethodNotAllowed));
    }
    Some(body(what, kind).map(|body| Reply::json(200, &body)).ok_or(Refusal::NotFound))
}

fn body(what: &str, kind: &[&str]) -> Option<Value> {
    let list = |terms: &[Term], code: &str| -> Value {
        terms.iter().map(|term| json!({"name": term.name, code: term.code})).collect()
    };
    let rated = |terms: &[Term]| -> Value {
        let terms: Vec<Value> = terms
            .iter()
            .map(|term| json!({"name": term.name, "slug": term.code, "description": format!("Rated {}", term.name)}))
            .collect();
        json!({"us": terms})
    };
    Some(match (what, kind) {
        ("networks", []) => NETWORKS
            .iter()
            .map(|network| json!({"name": network.name, "country": network.country, "ids": {"trakt": network.id}}))
            .collect(),
        ("genres", ["movies"]) => list(MOVIE_GENRES, "slug"),
        ("genres", ["shows"]) => list(SHOW_GENRES, "slug"),
        ("languages", ["movies" | "shows"]) => list(LANGUAGES, "code"),
        ("countries", ["movies" | "shows"]) => list(COUNTRIES, "code"),
        ("certifications", ["movies"]) => rated(MOVIE_CERTIFICATIONS),
        ("certifications", ["shows"]) => rated(SHOW_CERTIFICATIONS),
        _ => return None,
    })
}
