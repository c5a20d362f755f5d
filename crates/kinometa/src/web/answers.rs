//! Writes the first API responses into the page that would request them, so that Home appears two round trips
//! earlier.

use axum::http::{HeaderMap, header};
use axum_extra::extract::CookieJar;
use serde_json::{Value, json};

use crate::accounts::Caller;
use crate::api;
use crate::app::App;
use crate::http::errors::ApiResult;

/// The element in `web/src/app.html` that requests the first response. It is replaced by the responses.
const PRELOAD_LINK: &str = r#"<link rel="preload" href="/api/session" as="fetch" crossorigin="anonymous" />"#;

/// Whether a browser is opening a page. The service worker sends `Accept: */*`; it must get the plain page,
/// because it caches the page for all users of the device.
pub(super) fn is_page_load(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// The page with the responses for the caller, and the cookies to set. `None` if the page does not request them.
///
/// # Errors
/// When the database fails.
pub(super) async fn insert_into(
    page: &str,
    app: &App,
    caller: Caller,
    headers: &HeaderMap,
) -> ApiResult<Option<(CookieJar, String)>> {
    if !page.contains(PRELOAD_LINK) {
        return Ok(None);
    }
    let (cookies, session) = api::session::current(app, Some(caller), headers).await?;
    let home = api::home::of(app, caller).await?;
    let answers = json!({ "/api/session": session, "/api/home": home });
    Ok(Some((cookies, page.replacen(PRELOAD_LINK, &block(&answers), 1))))
}

/// A data element for the page to read. `<` is escaped, so that no text can end the element or begin another.
fn block(answers: &Value) -> String {
    let json = answers.to_string().replace('<', "\\u003c");
    format!(r#"<script type="application/json" id="answers">{json}</script>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_requests_the_responses_once_and_before_its_scripts_read_them() {
        let page = include_str!("../../../../web/src/app.html");
        assert_eq!(page.matches(PRELOAD_LINK).count(), 1);
        assert!(page.find(PRELOAD_LINK) < page.find("getElementById('answers')"));
    }

    #[test]
    fn text_cannot_end_the_block() {
        let answers = json!({ "name": "</script><script>alert(1)</script><!--" });
        let block = block(&answers);
        assert_eq!(block.matches('<').count(), 2);
        let json = block.split_once('>').unwrap().1.strip_suffix("</script>").unwrap();
        assert_eq!(serde_json::from_str::<Value>(json).unwrap(), answers);
    }
}
