//! Records every exchange as a JSON line, in the format of Trakt's contract checker.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use hyper::Method;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::message::{Reply, Request};

/// If this variable is set to a folder, every simulator also records into a new file there.
pub const RECORD_DIR_VARIABLE: &str = "KINOMETA_RECORD_DIR";

/// Paths of lists for which the contract allows only one `type`. Trakt sends other types too; the body of such
/// a response is not recorded, so that the checker still checks the request and the status.
const NARROW_IN_CONTRACT: [(&str, &str); 2] = [("/sync/playback", "movie"), ("/users/hidden", "show")];

#[derive(Serialize)]
struct Exchange<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    status: u16,
    request: Option<&'a RawValue>,
    response: Option<&'a RawValue>,
}

/// Paths under `/users` that are missing in the contract. The checker would match them with `/users/{id}` and
/// take `likes` for a username.
const NOT_USERNAMES: [&str; 3] = ["/users/requests", "/users/likes", "/users/saved_filters"];

/// Where exchanges are recorded. Each line is flushed: a test that is killed leaves a readable file.
#[derive(Default)]
pub(crate) struct Recorder {
    files: Vec<BufWriter<File>>,
}

impl Recorder {
    pub(crate) fn open(file: Option<&Path>) -> std::io::Result<Self> {
        let mut files = Vec::new();
        let in_folder = std::env::var_os(RECORD_DIR_VARIABLE).map(|folder| fresh_file(Path::new(&folder)));
        for path in file.map(Path::to_owned).into_iter().chain(in_folder) {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder)?;
            }
            files.push(BufWriter::new(File::options().create(true).append(true).open(path)?));
        }
        Ok(Self { files })
    }

    /// Records an exchange. The body is left out if it comes from a fault (`from_fault`), because the record
    /// contains Trakt's own responses.
    pub(crate) fn write(&mut self, request: &Request, reply: &Reply, from_fault: bool) {
        if self.files.is_empty() || !request.is_api() {
            return;
        }
        let exchange = Exchange {
            method: request.method.as_str(),
            path: &request.path,
            query: &request.query_text,
            status: reply.status,
            request: raw_json(&request.body),
            response: raw_json(&reply.body).filter(|_| !from_fault && !beyond_contract(request, &reply.body)),
        };
        let Ok(line) = serde_json::to_vec(&exchange) else { return };
        for file in &mut self.files {
            // A full disk must not change the simulator's responses; the checker notices missing lines.
            let _ = file.write_all(&line).and_then(|()| file.write_all(b"\n")).and_then(|()| file.flush());
        }
    }
}

fn beyond_contract(request: &Request, body: &[u8]) -> bool {
    // In the contract, a changed list is in an array; Trakt sends the list itself.
    let changed_list =
        request.method == Method::PUT && matches!(request.segments()[..], ["users", _, "lists", _]);
    if changed_list
        || NOT_USERNAMES.iter().any(|path| request.path.starts_with(path))
        || has_not_found_without_ids(body)
    {
        return true;
    }
    let Some((_, known)) = NARROW_IN_CONTRACT.iter().find(|(path, _)| request.path.starts_with(path)) else {
        return false;
    };
    let entries: Vec<Value> = serde_json::from_slice(body).unwrap_or_default();
    request.is_read() && entries.iter().any(|entry| entry["type"] != *known)
}

/// Returns whether a write's response lists items that were not found without their IDs, as Trakt sometimes does
/// (trakt-api issues 236, 244, 357). The contract does not allow for that.
fn has_not_found_without_ids(body: &[u8]) -> bool {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let lists = body["not_found"].as_object().into_iter().flat_map(|lists| lists.values());
    lists.filter_map(Value::as_array).flatten().any(|item| item.get("ids").is_none())
}

fn raw_json(body: &[u8]) -> Option<&RawValue> {
    serde_json::from_slice(body).ok()
}

fn fresh_file(folder: &Path) -> PathBuf {
    static STARTED: AtomicU32 = AtomicU32::new(0);
    let number = STARTED.fetch_add(1, Ordering::Relaxed);
    folder.join(format!("traffic-{}-{number}.jsonl", std::process::id()))
}
