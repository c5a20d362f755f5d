//! The layout of all pages.

use crate::message::Reply;
use crate::state::Store;

const STYLE: &str = "
:root{color-scheme:light dark;--accent:#9f42c6}
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:2rem 1rem}
header{border-bottom:1px solid #8884;margin-bottom:1.5rem}
header a{font-weight:700;text-decoration:none;color:var(--accent)}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
input,select{font:inherit;padding:.5rem .75rem;border:1px solid #8888;border-radius:.4rem;width:100%;box-sizing:border-box}
button{font:inherit;padding:.5rem 1.25rem;border:1px solid var(--accent);border-radius:.4rem;margin:1.25rem .5rem 0 0;cursor:pointer;background:none;color:inherit}
button.primary{background:var(--accent);color:#fff}
.code{font:600 2rem/1.4 ui-monospace,monospace;letter-spacing:.15em}
[role=alert]{border-left:4px solid #c33;padding:.25rem .75rem}
[role=status]{border-left:4px solid #393;padding:.25rem .75rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #8883}
";

/// Returns a page with this heading and body; the body is HTML that must already be escaped.
pub(super) fn page(status: u16, title: &str, body: &str) -> Reply {
    let title = escape(title);
    Reply::html(
        status,
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>{title} - trakt-sim</title><style>{STYLE}</style></head><body>\
             <header><p><a href=\"/\">trakt-sim</a>, a simulated Trakt</p></header><main><h1>{title}</h1>{body}</main>\
             </body></html>"
        ),
    )
}

/// Escapes text for HTML and attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Returns a labelled selection of all users.
pub(super) fn people(store: &Store) -> String {
    let options: String = store
        .users
        .values()
        .map(|user| {
            let kind = if user.vip { "VIP" } else { "free" };
            format!("<option value=\"{0}\">{0} ({kind})</option>", escape(&user.username))
        })
        .collect();
    format!("<label for=\"user\">Signed in as</label><select id=\"user\" name=\"user\">{options}</select>")
}

/// The buttons at the end of every question.
pub(super) const DECISION: &str = "<button class=\"primary\" name=\"decision\" value=\"approve\">Approve</button>\
                                   <button name=\"decision\" value=\"deny\">Deny</button>";

pub(super) const ONE_APPLICATION: &str = "<p role=\"alert\">A free account can connect one community application. \
                                          Disconnect the other one, or upgrade to VIP.</p>";
