//! An HTTP server that answers as a test says, and remembers what it was asked; and plain requests to others.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What it was asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// `METHOD /path HTTP/1.1`
    pub line: String,
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

pub struct Server {
    pub address: String,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// `answer` is given how many requests came before; `None` leaves a request without an answer.
    pub fn start(
        answer: impl Fn(usize, &Request) -> Option<(u16, String)> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            seen: Arc::default(),
        };
        let (seen, answer) = (Arc::clone(&server.seen), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let (first, headers, body) = read(&stream);
                    if first.is_empty() {
                        return;
                    }
                    let request = Request {
                        line: first,
                        headers,
                        body,
                    };
                    let count = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    match answer(count, &request) {
                        Some((status, body)) => respond(&stream, status, &body),
                        None => std::thread::sleep(Duration::from_secs(60)),
                    }
                });
            }
        });
        server
    }

    /// An address where nobody listens.
    pub fn gone() -> Self {
        Self {
            address: format!("http://127.0.0.1:{}", free_port()),
            seen: Arc::default(),
        }
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Who asks: the server asks for a name and no more.
const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=of-the-test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/// A request to a server of buckets; the first line of its answer, and the body.
pub fn request(port: u16, method: &str, path: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {SIGNED}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let (first, _, body) = read(&stream);
    (first, body)
}

type Message = (String, BTreeMap<String, String>, Vec<u8>);

/// The first line, the headers by their names in lower case, and the body.
fn read(stream: &TcpStream) -> Message {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let first = line();
    let mut headers = BTreeMap::new();
    while let Some((name, value)) = line().split_once(':') {
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    match headers.get("content-length") {
        Some(length) => {
            body.resize(length.parse().unwrap(), 0);
            reader.read_exact(&mut body).unwrap();
        }
        // An answer goes on to the end.
        None if first.starts_with("HTTP/") => drop(reader.read_to_end(&mut body).unwrap()),
        None => {}
    }
    (first, headers, body)
}

fn respond(mut stream: &TcpStream, status: u16, body: &str) {
    let answer = format!(
        "HTTP/1.1 {status} Said\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    // Who asked may have gone.
    let _ = stream.write_all(answer.as_bytes());
}
