//! Converts text to WebVTT markup.

/// Converts text with SubRip's tags to WebVTT markup: keeps italics, bold and underline, removes other tags,
/// and escapes the rest.
pub(super) fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match tag(rest) {
            Some((kept, length)) => {
                out.push_str(kept);
                length
            }
            None => {
                out.push_str(match rest.as_bytes()[0] {
                    b'<' => "&lt;",
                    b'>' => "&gt;",
                    _ => "&amp;",
                });
                1
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// The tag or entity at the start of `text`: its replacement and its length.
fn tag(text: &str) -> Option<(&str, usize)> {
    const KEPT: [&str; 6] = ["<i>", "</i>", "<b>", "</b>", "<u>", "</u>"];
    for kept in KEPT {
        if text.get(..kept.len()).is_some_and(|start| start.eq_ignore_ascii_case(kept)) {
            return Some((kept, kept.len()));
        }
    }
    for entity in ["&amp;", "&lt;", "&gt;", "&nbsp;"] {
        if text.starts_with(entity) {
            return Some((entity, entity.len()));
        }
    }
    let name = text.strip_prefix('<')?.trim_start_matches('/');
    let known = ["font", "c", "s", "span"].iter().any(|tag| {
        name.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && name[tag.len()..].starts_with([' ', '>', '.'])
    });
    text.find('>').filter(|_| known).map(|end| ("", end + 1))
}
