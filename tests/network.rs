//! Workflows over real connections: `webhook` steps against an HTTP server of the test's own, and kept results in a
//! real S3-compatible server.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may fail, and its fixtures are files"
)]

#[path = "network/bucket.rs"]
mod bucket;
#[path = "network/server.rs"]
mod server;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use server::{Request, Server};

fn project(workflow: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let workflows = folder.path().join("contracts/workflows");
    fs::create_dir_all(&workflows).unwrap();
    fs::write(folder.path().join("contracts/contracts.toml"), "").unwrap();
    fs::write(workflows.join("it.yaml"), workflow).unwrap();
    folder
}

fn contracts(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contracts"));
    command.args(arguments).current_dir(folder);
    for name in ["GITHUB_ACTIONS", "CONTRACTS_CACHE_REMOTE"] {
        command.env_remove(name);
    }
    // A proxy of this machine's is for other hosts.
    command.env("NO_PROXY", "127.0.0.1").env("NO_COLOR", "1");
    command
}

/// All that a command said.
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// Runs the workflow with the server's address as its input; the exit code and all that was said.
fn run(folder: &Path, server: &Server) -> (i32, String) {
    let url = format!("url={}", server.address);
    let output = contracts(folder, &["run", "it", "--input", &url])
        .env("HOOK_SECRET", "a secret of the test")
        .env("HOOK_TOKEN", "token-of-the-test")
        .output()
        .unwrap();
    (output.status.code().unwrap(), said(&output))
}

/// A workflow whose one step sends a request, with more about the step.
fn hook(arguments: &str, more: &str) -> tempfile::TempDir {
    project(&format!(
        "
inputs: {{url: {{type: string}}}}
phases:
  - name: all
    steps:
      - id: hook
        webhook: {{url: '${{{{ inputs.url }}}}/hook', {arguments}}}
        {more}
"
    ))
}

fn keys(requests: &[Request]) -> Vec<&str> {
    let keys = requests.iter().map(|it| it.header("idempotency-key"));
    keys.map(Option::unwrap).collect()
}

#[test]
fn a_request_is_what_the_step_says() {
    let server = Server::start(|_, _| Some((201, json!({ "id": 7 }).to_string())));
    let folder = project(
        "
inputs: {url: {type: string}}
phases:
  - name: all
    steps:
      - id: hook
        webhook:
          url: ${{ inputs.url }}/hook?from=us
          method: put
          headers: {X-Team: '${{ run.workflow }}'}
          body: {run: '${{ run.id }}', list: [1, 2.5, null], text: ü}
          secret: HOOK_SECRET
          bearer: HOOK_TOKEN
        timeout: 10s
      - {id: text, webhook: {url: '${{ inputs.url }}/text', body: plain, headers: {Idempotency-Key: own}}, timeout: 10s}
      - {id: read, webhook: {url: '${{ inputs.url }}/read', method: GET, expect: [201]}, timeout: 10s}
      - {id: answered, needs: [hook], assert: [needs.hook.outputs.json.id == 7, needs.hook.outputs.status == 201]}
",
    );
    let (status, said) = run(folder.path(), &server);
    assert_eq!(status, 0, "{said}");
    let seen = server.seen();
    let of = |path: &str| seen.iter().find(|it| it.line.contains(path)).unwrap();

    let hook = of("/hook");
    assert_eq!(hook.line, "PUT /hook?from=us HTTP/1.1");
    assert_eq!(hook.header("x-team"), Some("it"));
    assert_eq!(hook.header("content-type"), Some("application/json"));
    assert_eq!(
        hook.header("authorization"),
        Some("Bearer token-of-the-test")
    );
    let body: Value = serde_json::from_slice(&hook.body).unwrap();
    assert_eq!(body["list"], json!([1, 2.5, null]));
    assert_eq!(body["text"], "ü");
    assert!(body["run"].as_str().is_some_and(|run| run.len() > 10));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"a secret of the test").unwrap();
    mac.update(&hook.body);
    let digits = mac.finalize().into_bytes();
    let digits = digits.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits: String = digits
        .filter_map(|it| char::from_digit(it.into(), 16))
        .collect();
    let signature = hook.header("x-contracts-signature-256").unwrap();
    assert_eq!(signature, format!("sha256={digits}"));

    let text = of("/text");
    assert_eq!(text.line, "POST /text HTTP/1.1");
    assert_eq!(
        (text.body.as_slice(), text.header("idempotency-key")),
        (&b"plain"[..], Some("own"))
    );
    assert_eq!(
        text.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let read = of("/read");
    assert_eq!(read.line, "GET /read HTTP/1.1");
    assert!(read.body.is_empty());
    assert_eq!(read.header("x-contracts-signature-256"), None);
    let key = |it: &Request| it.header("idempotency-key").map(ToOwned::to_owned);
    assert_ne!(key(hook), key(read));
}

#[test]
fn what_a_server_cannot_do_now_is_asked_again_with_the_same_key() {
    for busy in [500, 503, 429, 408] {
        let server = Server::start(move |count, _| {
            let status = if count < 2 { busy } else { 200 };
            Some((status, String::new()))
        });
        let more = "retry: {attempts: 3, delay: 5ms}\n        timeout: 10s";
        let folder = hook("body: {a: 1}", more);
        let (status, said) = run(folder.path(), &server);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains(&format!("the server answered {busy}")));
        let seen = server.seen();
        let [first, second, third] = keys(&seen).try_into().unwrap();
        assert!(!first.is_empty() && first == second && second == third);
        // Another run is another request.
        run(folder.path(), &server);
        assert_ne!(keys(&server.seen())[3], first);
    }
}

#[test]
fn what_a_server_refuses_is_not_asked_again() {
    for refused in [400, 404, 422] {
        let server = Server::start(move |_, _| Some((refused, "not here\nat all".to_owned())));
        let folder = hook("", "retry: {attempts: 5, delay: 5ms}\n        timeout: 10s");
        let (status, said) = run(folder.path(), &server);
        assert_eq!(status, 1, "{said}");
        assert_eq!(server.seen().len(), 1);
        assert!(
            said.contains(&format!("the server answered {refused}")),
            "{said}"
        );
        assert!(said.contains("not here") && !said.contains("at all"));
    }
    // Unless it is what the step expects.
    let server = Server::start(|_, _| Some((404, String::new())));
    let folder = hook("expect: [404]", "timeout: 10s");
    assert_eq!(run(folder.path(), &server).0, 0);
}

#[test]
fn a_server_that_does_not_answer_is_left_after_the_timeout() {
    let server = Server::start(|_, _| None);
    let more = "retry: {attempts: 2, delay: 5ms}\n        timeout: 1s";
    let folder = hook("", more);
    let begin = Instant::now();
    let (status, said) = run(folder.path(), &server);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("no end after 1s"), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(20));
    let seen = server.seen();
    let [first, second] = keys(&seen).try_into().unwrap();
    assert_eq!(first, second);
}

#[test]
fn a_server_that_is_not_there_fails_the_step() {
    let gone = Server::gone();
    let more = "retry: {attempts: 2, delay: 5ms}\n        timeout: 10s";
    let (status, said) = run(hook("", more).path(), &gone);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("again     hook"), "{said}");
}

/// The token is in what the server answers, well and not, and no profile calls it a secret.
#[test]
fn a_token_is_in_no_log_and_no_output() {
    for status in [200, 403] {
        let echo = move |_, request: &Request| {
            let header = request.header("authorization").unwrap_or_default();
            Some((status, json!({ "you": header }).to_string()))
        };
        let server = Server::start(echo);
        let folder = hook("bearer: HOOK_TOKEN", "timeout: 10s");
        let (code, said) = run(folder.path(), &server);
        assert_eq!(code, i32::from(status != 200), "{said}");
        assert_eq!(
            server.seen()[0].header("authorization"),
            Some("Bearer token-of-the-test")
        );
        assert!(!said.contains("token-of-the-test"), "{said}");
        for entry in walkdir::WalkDir::new(folder.path()) {
            let path = entry.unwrap().into_path();
            let bytes = fs::read(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("token-of-the-test"), "{}", path.display());
        }
    }
}

#[test]
fn a_token_that_is_not_set_is_said() {
    let server = Server::start(|_, _| Some((200, String::new())));
    let folder = hook("bearer: NOT_SET", "timeout: 10s");
    let (status, said) = run(folder.path(), &server);
    assert_eq!(status, 1);
    assert!(said.contains("the environment has no `NOT_SET`"), "{said}");
    assert!(server.seen().is_empty());
}
