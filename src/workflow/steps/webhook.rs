//! `webhook`: an HTTP request, signed where there is a secret.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::workflow::run::desk::{Desk, Done, Fault};
use crate::workflow::templated::Templated;

/// What it has by itself: the status, the body as text, and as JSON where it is.
pub const OUTPUTS: [&str; 3] = ["status", "body", "json"];

/// What a step of this kind is told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Arguments {
    /// Where it goes.
    pub url: String,
    /// `POST` where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Headers.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub headers: IndexMap<String, String>,
    /// What is sent: a text as it is, all else as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Statuses that are well; all of 200 to 299 where it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Templated<Vec<u16>>>,
    /// The environment variable with the secret that the body is signed with: HMAC-SHA-256 in hexadecimal digits
    /// after `sha256=`, in the header `X-Contracts-Signature-256`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The environment variable with a token that is sent as `Authorization: Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearer: Option<String>,
}

/// Sends the request. A status below 500 that is not expected (but 408 and 429) is not tried again.
#[cfg(feature = "remote")]
pub async fn run(arguments: Arguments, desk: &mut Desk) -> Result<Done, Fault> {
    use crate::workflow::cache::signature;

    let wrong = |error: String| Fault::for_good(error);
    let method = arguments.method.as_deref().unwrap_or("POST").to_uppercase();
    let method = reqwest::Method::from_bytes(method.as_bytes())
        .map_err(|_| wrong(format!("`{method}` is no method of HTTP")))?;
    crate::workflow::run::secure();
    let client = reqwest::Client::builder()
        .user_agent(concat!("contracts/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| wrong(chain(&error)))?;
    let mut request = client.request(method.clone(), &arguments.url);
    let (bytes, kind) = match &arguments.body {
        None => (Vec::new(), None),
        Some(Value::String(text)) => (text.clone().into_bytes(), Some("text/plain; charset=utf-8")),
        Some(value) => (value.to_string().into_bytes(), Some("application/json")),
    };
    let named = |name: &str| {
        let given = arguments.headers.keys();
        given.into_iter().any(|it| it.eq_ignore_ascii_case(name))
    };
    if let Some(kind) = kind.filter(|_| !named("content-type")) {
        request = request.header("Content-Type", kind);
    }
    if !named("idempotency-key") {
        request = request.header("Idempotency-Key", &desk.token);
    }
    let variable = |name: &String| {
        let value = desk.ambient.get(name).cloned();
        value.ok_or_else(|| wrong(format!("the environment has no `{name}`")))
    };
    if let Some(name) = &arguments.secret {
        let signed = format!("sha256={}", signature(&variable(name)?, &bytes));
        request = request.header("X-Contracts-Signature-256", signed);
    }
    if let Some(name) = &arguments.bearer {
        request = request.bearer_auth(variable(name)?);
    }
    for (name, value) in &arguments.headers {
        request = request.header(name, value);
    }
    desk.log.line(&format!("{method} {}", arguments.url));
    let mut cancel = desk.cancel.clone();
    let answered = async {
        let answer = request.body(bytes).send().await?;
        let status = answer.status();
        Ok::<_, reqwest::Error>((status, answer.text().await?))
    };
    let (status, body) = tokio::select! {
        answered = answered => answered.map_err(|error| {
            let fault = if error.is_builder() { Fault::for_good } else { Fault::new };
            fault(chain(&error))
        })?,
        _ = cancel.more_than(super::super::run::cancel::Urgency::None) => return Err(Fault::cancelled()),
    };
    desk.log.line(&format!("{status}"));
    let well = match &arguments.expect {
        Some(Templated::Is(codes)) => codes.contains(&status.as_u16()),
        Some(Templated::Text(_)) | None => status.is_success(),
    };
    if !well {
        let line = body.lines().next().unwrap_or("");
        let line: String = line.chars().take(200).collect();
        let again = status.is_server_error() || [408, 429].contains(&status.as_u16());
        let fault = if again { Fault::new } else { Fault::for_good };
        return Err(fault(format!("the server answered {status}: {line}")));
    }
    let json = serde_json::from_str(&body).unwrap_or(Value::Null);
    let masks = desk.log.masks();
    let outputs = [
        ("status", Value::from(status.as_u16())),
        ("body", Value::from(masks.mask(&body))),
        ("json", masks.mask_value(&json)),
    ];
    Ok(Done {
        outputs: outputs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        ..Done::default()
    })
}

/// An error with what caused it.
#[cfg(feature = "remote")]
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Built without HTTP.
#[cfg(not(feature = "remote"))]
#[expect(clippy::unused_async, reason = "as with HTTP")]
pub async fn run(_: Arguments, _: &mut Desk) -> Result<Done, Fault> {
    Err(Fault::for_good(
        "this build of the tool has no HTTP: build it with the feature `remote`",
    ))
}
