//! `pass: sbom`: a software bill of materials in `CycloneDX` 1.6, from the lock files of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};

use crate::workflow::files;

/// A package that a project is built from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Component {
    /// As package URLs write it: `cargo`, `npm`, `pypi`.
    kind: &'static str,
    name: String,
    version: String,
    /// SHA-256, as hexadecimal digits, where the lock file has it.
    sha256: Option<String>,
}

/// The bill of a project: `CycloneDX` 1.6 as JSON, and how many components it names. What is no lock file is not read, and
/// packages of the project itself are left out.
pub(super) fn sbom(project: &Path) -> Result<(String, usize), String> {
    let mut components = BTreeSet::new();
    let mut read = Vec::new();
    let readers: [(&str, Reader); 4] = [
        ("Cargo.lock", cargo),
        ("package-lock.json", npm),
        ("uv.lock", uv),
        ("requirements.txt", requirements),
    ];
    for (name, reader) in readers {
        let paths = files::matching(project, &[format!("**/{name}")]);
        for path in paths.map_err(|error| error.to_string())? {
            let bytes =
                files::read(&project.join(&path)).map_err(|error| format!("{path}: {error}"))?;
            let text = String::from_utf8_lossy(&bytes);
            components.extend(reader(&text).map_err(|error| format!("{path}: {error}"))?);
            read.push(path);
        }
    }
    if read.is_empty() {
        let known = "Cargo.lock, package-lock.json, uv.lock, requirements.txt";
        return Err(format!("the project has no lock file ({known})"));
    }
    let rows: Vec<Value> = components.iter().map(Component::row).collect();
    let count = rows.len();
    let bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "tools": {"components": [{
                "type": "application",
                "name": "contracts",
                "version": env!("CARGO_PKG_VERSION"),
            }]},
            "properties": read.iter().map(|path| json!({"name": "contracts:lock-file", "value": path})).collect::<Vec<_>>(),
        },
        "components": rows,
    });
    Ok((format!("{bill:#}\n"), count))
}

type Reader = fn(&str) -> Result<Vec<Component>, String>;

impl Component {
    fn new(kind: &'static str, name: &str, version: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            version: version.to_owned(),
            sha256: None,
        }
    }

    fn row(&self) -> Value {
        let name = self.name.replace('@', "%40");
        let version = self.version.replace('+', "%2B");
        let url = format!("pkg:{}/{name}@{version}", self.kind);
        let mut row = json!({
            "type": "library",
            "bom-ref": url,
            "name": self.name,
            "version": self.version,
            "purl": url,
        });
        if let (Some(sha256), Some(row)) = (&self.sha256, row.as_object_mut()) {
            let hashes = json!([{"alg": "SHA-256", "content": sha256}]);
            row.insert("hashes".to_owned(), hashes);
        }
        row
    }
}

/// Packages with a source: those without are the project's own.
fn cargo(text: &str) -> Result<Vec<Component>, String> {
    locked(text, "cargo", |package| {
        package.get("source")?.as_str().map(drop)?;
        Some(
            package
                .get("checksum")
                .and_then(|it| it.as_str())
                .map(ToOwned::to_owned),
        )
    })
}

fn uv(text: &str) -> Result<Vec<Component>, String> {
    locked(text, "pypi", |package| {
        let source = package.get("source")?.as_table()?;
        let own = ["editable", "virtual", "directory"];
        let foreign = !own.iter().any(|it| source.contains_key(*it));
        foreign.then_some(None)
    })
}

/// The `[[package]]` rows of a TOML lock file; `foreign` gives a package's checksum, or `None` for the project's own.
fn locked(
    text: &str,
    kind: &'static str,
    foreign: fn(&toml::Table) -> Option<Option<String>>,
) -> Result<Vec<Component>, String> {
    let lock: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    let packages = lock.get("package").and_then(|it| it.as_array());
    let packages = packages
        .into_iter()
        .flatten()
        .filter_map(|it| it.as_table());
    Ok(packages
        .filter_map(|package| {
            let word = |name: &str| package.get(name)?.as_str();
            let sha256 = foreign(package)?;
            Some(Component {
                sha256,
                ..Component::new(kind, word("name")?, word("version")?)
            })
        })
        .collect())
}

fn npm(text: &str) -> Result<Vec<Component>, String> {
    let lock: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let none = serde_json::Map::new();
    let packages = lock.get("packages").and_then(Value::as_object);
    let packages: BTreeMap<&String, &Value> = packages.unwrap_or(&none).iter().collect();
    Ok(packages
        .into_iter()
        .filter_map(|(path, package)| {
            let (_, name) = path.rsplit_once("node_modules/")?;
            Some(Component::new(
                "npm",
                name,
                package.get("version")?.as_str()?,
            ))
        })
        .collect())
}

/// `name==version` lines; what is not pinned has no version to name.
#[expect(clippy::unnecessary_wraps, reason = "as the other readers")]
fn requirements(text: &str) -> Result<Vec<Component>, String> {
    let lines = text
        .lines()
        .map(|line| line.split(['#', ';']).next().unwrap_or(""));
    let pinned = lines.filter_map(|line| line.split_once("=="));
    Ok(pinned
        .map(|(name, version)| {
            let name = name.split('[').next().unwrap_or(name);
            let version = version.split_whitespace().next().unwrap_or("");
            Component::new("pypi", name.trim(), version)
        })
        .collect())
}
