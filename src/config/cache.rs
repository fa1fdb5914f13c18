//! Where results of steps are kept between runs, and how many.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where results of workflow steps are kept between runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CacheConfig {
    /// How large the store in `target/contracts/cache` may grow (`500MB`, `2GiB`); what was not used for longest goes
    /// first.
    pub limit: Size,
    /// A store behind it that machines share: `file:///folder` or `s3://bucket/prefix`. `CONTRACTS_CACHE_REMOTE`
    /// overrides it.
    pub remote: Option<String>,
}

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u64);

impl Default for Size {
    fn default() -> Self {
        Self(1 << 30)
    }
}

/// What follows the number, and how many bytes one of it is; the longer words first.
const UNITS: [(&str, u64); 8] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
];

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fitting = UNITS
            .iter()
            .filter(|(_, bytes)| self.0 > 0 && self.0.is_multiple_of(*bytes));
        match fitting.max_by_key(|(_, bytes)| bytes) {
            Some((unit, bytes)) => write!(f, "{}{unit}", self.0 / bytes),
            None => write!(f, "{}B", self.0),
        }
    }
}

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no size; write `500MB`, `2GiB` or `1048576B`");
        let unit = UNITS.iter().find(|(unit, _)| text.ends_with(unit));
        let (number, bytes) = match unit {
            Some((unit, bytes)) => (text.trim_end_matches(unit), *bytes),
            None => (text.strip_suffix('B').ok_or_else(wrong)?, 1),
        };
        let number: u64 = number.trim().parse().map_err(|_| wrong())?;
        number.checked_mul(bytes).map(Self).ok_or_else(wrong)
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Size {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A number of bytes: `500MB`, `2GiB`.",
            "pattern": "^[0-9]+ ?([KMGT]i?)?B$",
        })
    }
}
