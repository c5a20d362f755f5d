//! `/sync/playback`: resume points.

use hyper::Method;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::clock::parse_time;
use crate::item::Kind;
use crate::message::Reply;
use crate::state::Resume;
use crate::views::ResumeView;

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, []) => read(context, &[Kind::Movie, Kind::Episode]),
        (Method::GET, [kinds]) => read(context, &Kind::parse_many(kinds).ok_or(Refusal::NotFound)?),
        (Method::DELETE, [id]) => remove(context, id),
        (_, path) => Err(Refusal::unanswered(path.len() <= 1)),
    }
}

/// Returns the resume points that have not expired, newest first.
fn read(context: &Context<'_>, kinds: &[Kind]) -> Answer {
    let user = context.person("me")?;
    let time = |name| context.request.query(name).and_then(parse_time);
    let (start, end) = (time("start_at"), time("end_at"));
    let mut resumes: Vec<&Resume> = user
        .resumes_at(context.now, &context.store.config)
        .filter(|resume| kinds.contains(&resume.item.kind()))
        .filter(|resume| start.is_none_or(|start| resume.paused_at >= start))
        .filter(|resume| end.is_none_or(|end| resume.paused_at <= end))
        .collect();
    resumes.sort_by_key(|resume| std::cmp::Reverse((resume.paused_at, resume.id)));
    let views = context.views();
    context.paged(&resumes, |resume| ResumeView::new(views.view(), resume))
}

fn remove(context: &mut Context<'_>, id: &str) -> Answer {
    let now = context.now;
    let user = context.my()?;
    let resume = user.resumes.iter().find(|resume| resume.id.to_string() == id).ok_or(Refusal::NotFound)?;
    let item = resume.item;
    user.drop_resume(item, now);
    Ok(Reply::empty(204))
}
