//! The report as SARIF 2.1.0, for code scanning: one run, a rule a code, a result a finding.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Severity};
use crate::report::{Finding, FindingPlace, Places, Report};
use crate::source::Sources;

/// One SARIF log, pretty, with a line break at the end.
pub fn sarif(report: &Report, sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let mut rules: Vec<&Code> = Vec::new();
    let mut results = Vec::new();
    for diagnostic in &report.diagnostics {
        let known = rules.iter().position(|code| *code == diagnostic.code);
        let index = known.unwrap_or_else(|| {
            rules.push(diagnostic.code);
            rules.len() - 1
        });
        results.push(result(&places.finding(diagnostic), index));
    }
    let rules: Vec<Value> = rules.into_iter().map(rule).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "contracts",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("a log is a JSON value");
    text.push('\n');
    text
}

fn rule(code: &Code) -> Value {
    let first = code.explain.split("\n\n").next().unwrap_or_default();
    json!({
        "id": code.name,
        "shortDescription": { "text": first.replace('\n', " ").trim() },
        "fullDescription": { "text": code.explain.trim() },
        "help": { "text": format!("contracts explain {}", code.name) },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn result(finding: &Finding, index: usize) -> Value {
    let mut message = finding.message.clone();
    for fact in finding.notes.iter().chain(&finding.help) {
        message.push('\n');
        message.push_str(fact);
    }
    let mut locations = finding.places.iter().map(location);
    let mut first: Vec<Value> = locations.next().into_iter().collect();
    if let (Some(location), Some(contract)) = (first.first_mut(), &finding.contract) {
        let logical = json!([{ "fullyQualifiedName": contract, "kind": "type" }]);
        location
            .as_object_mut()
            .expect("a location is an object")
            .insert("logicalLocations".to_owned(), logical);
    }
    let related: Vec<Value> = locations.collect();
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": first,
        "relatedLocations": related,
        "partialFingerprints": { "contracts/v1": finding.fingerprint },
    });
    if let (Some(accepted), Some(map)) = (&finding.accepted, result.as_object_mut()) {
        let suppression = json!({
            "kind": "external",
            "status": "accepted",
            "justification": accepted.to_string(),
        });
        map.insert("suppressions".to_owned(), json!([suppression]));
    }
    result
}

fn location(place: &FindingPlace) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.file) },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        },
    });
    if !place.label.is_empty()
        && let Some(map) = location.as_object_mut()
    {
        map.insert("message".to_owned(), json!({ "text": place.label }));
    }
    location
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A path as a URI reference (RFC 3986): what is neither unreserved nor `/` is percent-encoded.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        assert_eq!(
            uri("a b/ü:%?#\n@1.0.json"),
            "a%20b/%C3%BC%3A%25%3F%23%0A@1.0.json"
        );
    }
}
