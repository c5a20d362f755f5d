//! The OpenAPI document. The web client's types are generated from the committed copy.

use std::path::Path;

use kinometa::http::document;

#[test]
fn the_committed_document_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == document::to_text(&kinometa::api::document()),
        "web/openapi.json is stale: run `cargo run -- openapi > web/openapi.json`, then `npm run generate` in web/"
    );
}

#[test]
fn every_operation_declares_its_error_bodies() {
    let document = document::to_json(&kinometa::api::document());
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            let errors: Vec<_> = responses.iter().filter(|(status, _)| status.as_str() >= "400").collect();
            assert!(errors.len() >= 2, "{method} {path} declares no errors");
            for (status, response) in errors {
                let schema = &response["content"]["application/json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/ErrorBody", "{method} {path} {status}");
            }
        }
    }
}

/// Otherwise a misspelled field would be ignored silently: a play would get another time, a setting would not
/// be changed. The player's requests are exempt: they are never rejected because of a field that a newer page
/// sends and this server does not know.
#[test]
fn request_bodies_reject_unknown_fields() {
    let document = document::to_json(&kinometa::api::document());
    let mut lenient = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Some(body) =
                operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()
            else {
                continue;
            };
            let name = body.rsplit('/').next().unwrap();
            if document["components"]["schemas"][name]["additionalProperties"] != false {
                lenient.push(format!("{method} {path}"));
            }
        }
    }
    lenient.sort();
    assert_eq!(
        lenient,
        [
            "post /api/playback",
            "post /api/playback/{id}/audio",
            "post /api/playback/{id}/events",
            "post /api/playback/{id}/subtitle"
        ]
    );
}
