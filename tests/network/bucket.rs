//! Results that machines share, in a bucket of a real S3-compatible server: `moto`, installed once below the target
//! folder. Without Python or its package index this is skipped, visibly; `CONTRACTS_REQUIRE_ALL` makes that a failure.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::server::{free_port, request};
use super::{contracts, project, said};

const MOTO: &str = "moto[server]==5.2.5";

/// The server, and its end.
struct Moto {
    child: Child,
    port: u16,
}

impl Moto {
    fn start() -> Result<Self, String> {
        let program = installed()?;
        let port = free_port();
        let mut child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("the server does not start: {error}"))?;
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if child.try_wait().unwrap().is_some() || begin.elapsed() > Duration::from_secs(60) {
                return Err("the server does not start".to_owned());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let (line, _) = request(port, "PUT", "/results", b"");
        assert!(line.contains(" 200 "), "{line}");
        Ok(Self { child, port })
    }

    /// What is in the bucket below `shared/`.
    fn objects(&self, below: &str) -> Vec<String> {
        let path = format!("/results?list-type=2&prefix=shared/{below}");
        let (_, body) = request(self.port, "GET", &path, b"");
        let body = String::from_utf8(body).unwrap();
        let keys = body.split("<Key>").skip(1);
        let keys = keys.map(|it| it.split("</Key>").next().unwrap().to_owned());
        keys.collect()
    }

    fn object(&self, key: &str) -> Vec<u8> {
        request(self.port, "GET", &format!("/results/{key}"), b"").1
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        let (line, _) = request(self.port, "PUT", &format!("/results/{key}"), bytes);
        assert!(line.contains(" 200 "), "{line}");
        assert_eq!(self.object(key), bytes);
    }

    /// Runs the workflow on a machine that has no results of its own; all that was said.
    fn run(&self, folder: &Path, signed: Option<&str>) -> String {
        for name in ["target", "out"] {
            let _ = fs::remove_dir_all(folder.join(name));
        }
        let mut command = contracts(folder, &["run", "it"]);
        command
            .env("CONTRACTS_CACHE_REMOTE", "s3://results/shared")
            .env("AWS_ENDPOINT", format!("http://127.0.0.1:{}", self.port))
            .env("AWS_ACCESS_KEY_ID", "of-the-test")
            .env("AWS_SECRET_ACCESS_KEY", "of-the-test")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ALLOW_HTTP", "true");
        if let Some(key) = signed {
            command.env("CONTRACTS_CACHE_KEY", key);
        }
        let output = command.output().unwrap();
        let said = said(&output);
        assert!(output.status.success(), "{said}");
        assert_eq!(fs::read(folder.join("out/bytes")).unwrap(), bytes());
        assert_eq!(lines(folder), ["one"], "{said}");
        said
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The server's program, in an environment of its own.
fn installed() -> Result<PathBuf, String> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto");
    let bin = home.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = bin.join("moto_server");
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == MOTO) {
        return Ok(program);
    }
    let run = |name: &Path, arguments: &[&str]| {
        let output = Command::new(name).args(arguments).output();
        let output = output.map_err(|error| format!("`{}`: {error}", name.display()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("`{}` failed: {}", name.display(), said(&output)))
    };
    let python = if cfg!(windows) { "python" } else { "python3" };
    let path = home.to_str().ok_or("the target folder is no text")?;
    run(Path::new(python), &["-m", "venv", "--clear", path])?;
    let quiet = ["-m", "pip", "install", "--quiet", MOTO];
    run(&bin.join("python"), &quiet)?;
    fs::write(&stamp, MOTO).unwrap();
    Ok(program)
}

/// Every byte there is: what is put back is the same, also where it is no text.
fn bytes() -> Vec<u8> {
    (0..=255).cycle().take(70_000).collect()
}

fn lines(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("out/lines")).unwrap();
    text.lines().map(ToOwned::to_owned).collect()
}

fn log(folder: &Path) -> String {
    let output = contracts(folder, &["logs", "build"]).output().unwrap();
    said(&output)
}

const WORKFLOW: &str = "
phases:
  - name: all
    steps:
      - id: build
        shell: mkdir -p out; cat source > out/bytes; echo one >> out/lines; echo done here; echo n=5 >> $CONTRACTS_OUTPUT
        outputs: {n: integer}
        cache: {inputs: [source], outputs: [out/*]}
        timeout: 60s
      - {id: count, needs: [build], assert: needs.build.outputs.n == 5}
";

#[test]
fn machines_share_results_in_a_bucket() {
    let moto = match Moto::start() {
        Ok(moto) => moto,
        Err(why) if std::env::var_os("CONTRACTS_REQUIRE_ALL").is_some() => panic!("{why}"),
        Err(why) => {
            println!("skipped: there is no S3-compatible server: {why}");
            return;
        }
    };
    let folder = project(WORKFLOW);
    let path = folder.path();
    fs::write(path.join("source"), bytes()).unwrap();

    let first = moto.run(path, None);
    assert!(first.contains("success   build"), "{first}");
    let [entry] = moto.objects("entries/").try_into().unwrap();
    // Two files and a log.
    let contents = moto.objects("contents/");
    assert_eq!(contents.len(), 3, "{contents:?}");

    let second = moto.run(path, None);
    assert!(second.contains("cached    build"), "{second}");
    assert!(!second.contains("no use"), "{second}");
    assert_eq!(log(path), "done here\n");

    poisoned_entries(&moto, path, &entry);
    poisoned_contents(&moto, path, &contents);
    signed_entries(&moto, path);

    let port = moto.port;
    drop(moto);
    let gone = Moto {
        child: Command::new("sh").args(["-c", ":"]).spawn().unwrap(),
        port,
    };
    let begin = Instant::now();
    let said = gone.run(path, None);
    assert!(said.contains("the remote store"), "{said}");
    assert!(said.contains("success   build"), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(15), "it waited long");
}

/// An entry that somebody changed is refused, and the work is done.
fn poisoned_entries(moto: &Moto, path: &Path, entry: &str) {
    let good = moto.object(entry);
    let text = String::from_utf8(good.clone()).unwrap();
    let changed = text.replace("\"n\":5", "\"n\":6");
    assert_ne!(changed, text);
    let cut = &good[..good.len() / 2];
    for (bad, why) in [
        (changed.as_bytes(), "its checksum is another"),
        (cut, "it was cut off"),
        (&b""[..], "it was cut off"),
        (&b"\xff\xfe"[..], "it is no text"),
    ] {
        moto.put(entry, bad);
        let said = moto.run(path, None);
        assert!(said.contains(why), "{why}: {said}");
        assert!(said.contains("success   build"), "{said}");
        // What was made anew took its place.
        let again = moto.run(path, None);
        assert!(again.contains("cached    build"), "{again}");
        assert_eq!(log(path), "done here\n");
    }
}

/// Contents that somebody changed are refused, and the work is done.
fn poisoned_contents(moto: &Moto, path: &Path, contents: &[String]) {
    for name in contents {
        moto.put(name, b"another");
        let said = moto.run(path, None);
        assert!(said.contains("its content is another"), "{said}");
        assert!(said.contains("success   build"), "{said}");
        // What was made anew took its place.
        let said = moto.run(path, None);
        assert!(said.contains("cached    build"), "{said}");
    }
}

/// With a key, what is not signed with it is refused, though its checksum is right.
fn signed_entries(moto: &Moto, path: &Path) {
    let said = moto.run(path, Some("ours"));
    assert!(said.contains("it is not signed with our key"), "{said}");
    assert!(said.contains("success   build"), "{said}");
    let said = moto.run(path, Some("ours"));
    assert!(said.contains("cached    build"), "{said}");
    let said = moto.run(path, Some("theirs"));
    assert!(said.contains("it is not signed with our key"), "{said}");
}
